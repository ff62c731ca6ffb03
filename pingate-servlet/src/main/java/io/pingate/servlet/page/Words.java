package io.pingate.servlet.page;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the pages say in one language: {@code words/<tag>.properties}, in UTF-8. Text, never markup. */
final class Words {
    private final String tag;
    private final Properties words = new Properties();

    private Words(String tag) {
        this.tag = tag;
        try {
            words.load(new StringReader(Resource.text("words/" + tag + ".properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the words of one of {@link Language#ALL}} */
    static Words in(String tag) {
        return new Words(tag);
    }

    String tag() {
        return tag;
    }

    /** {@return the value of the attribute {@code dir}} */
    String direction() {
        return tag.equals("ar") ? "rtl" : "ltr";
    }

    /** {@return the words for a key, escaped} */
    String get(String key) {
        return Html.escape(plain(key));
    }

    /** {@return the words for a key, as they are} */
    String plain(String key) {
        String text = words.getProperty(key);
        if (text == null) {
            throw new IllegalStateException("no words for " + key + " in " + tag);
        }
        return text;
    }

    /** {@return the words for a key with markup in the place of <code>{0}</code>} */
    String get(String key, String markup) {
        return get(key).replace("{0}", markup);
    }
}
