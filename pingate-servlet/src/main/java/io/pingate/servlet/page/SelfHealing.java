package io.pingate.servlet.page;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.stream.Collectors;

/**
 * The script that is put into pages behind the gate, for when their session ends while they are open.
 *
 * <p>It notices the gate's marked 401 on fetch and XMLHttpRequest, and event streams and WebSockets that end; asks the
 * form, at most once in three seconds, whether the session is there; and if it isn't, shows a bar with a way to sign in
 * again. The form opens in a window of its own and leads to {@code ?healed}, where {@code page.js} tells by a
 * BroadcastChannel that it is done; without one the script asks now and then. Frames leave the bar to the page that they
 * are in, which they tell by an event that it takes up by preventing its default.
 *
 * <p>The page is not to notice: constructors and functions are proxies of the browser's own with the same prototypes, and
 * promises reject unheard as before. No markup is parsed and no style element made, so that policies, also those of
 * trusted types, have nothing against it. The bar is attached beside the body, in a shadow tree.
 */
public final class SelfHealing {
    private SelfHealing() {}

    /**
     * Makes the script.
     *
     * @param gatePath where the form is, the webapp's context path included
     * @return the script, in ASCII
     */
    public static String script(String gatePath) {
        return PagePolicy.compact(Resource.text("heal.js"))
                .replace("GATE_PATH", string(gatePath))
                .replace("WORDS", words());
    }

    private static String words() {
        return Language.ALL.stream().map(SelfHealing::words).collect(Collectors.joining(",", "{", "}"));
    }

    private static String words(String tag) {
        Words words = Words.in(tag);
        return string(tag) + ":[" + string(words.plain("heal.ended")) + "," + string(words.plain("heal.in")) + "]";
    }

    /** As a string of JavaScript, in ASCII and without the signs that mean something in HTML. */
    private static String string(String text) {
        StringBuilder ascii = new StringBuilder("\"");
        for (char c : JsonStringEncoder.getInstance().quoteAsString(text)) {
            if (c > 0x7E || c == '<' || c == '>' || c == '&') {
                ascii.append(String.format("\\u%04x", (int) c));
            } else {
                ascii.append(c);
            }
        }
        return ascii.append('"').toString();
    }
}
