package io.pingate.servlet.page;

import java.util.List;
import java.util.Locale;

/**
 * The language that a browser asks for (RFC 9110 section 12.5.4), of those that the gate speaks. Whatever a browser sends,
 * the answer is one of them, and no more than so much of it is read.
 */
final class Language {
    /** Whatever can't be had otherwise. */
    static final String DEFAULT = "en";

    static final List<String> ALL = List.of(
            "en", "de", "fr", "es", "pt", "it", "nl", "pl", "uk", "tr", "ar", "hi", "ja", "ko", "zh-Hans", "zh-Hant");

    private static final int MAX_CHARS = 1_000;
    private static final List<String> TRADITIONAL = List.of("hant", "tw", "hk", "mo");

    private Language() {}

    /** {@return the tag of the language (RFC 5646) that the fields of an Accept-Language like best} */
    static String of(List<String> acceptLanguage) {
        String best = DEFAULT;
        int most = 0;
        int left = MAX_CHARS;
        for (String field : acceptLanguage) {
            for (String range :
                    field.substring(0, Math.min(left, field.length())).split(",", -1)) {
                int weight = weight(range);
                String tag = weight > most ? lookUp(range.split(";", 2)[0].strip()) : "";
                if (!tag.isEmpty()) {
                    best = tag;
                    most = weight;
                }
            }
            left -= Math.min(left, field.length());
        }
        return best;
    }

    /** In thousandths; 0 for what is not wanted or can't be read (RFC 9110 section 12.4.2). */
    private static int weight(String range) {
        int semicolon = range.indexOf(';');
        if (semicolon < 0) {
            return 1_000;
        }
        String weight = range.substring(semicolon + 1).strip().toLowerCase(Locale.ROOT);
        if (!weight.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")) {
            return 0;
        }
        String digits = weight.substring(2).replace(".", "") + "000";
        return Integer.parseInt(digits.substring(0, 4));
    }

    /** RFC 4647 section 3.4: the range itself, or what is left of it when its last parts are taken away. Empty when none is. */
    private static String lookUp(String range) {
        String[] parts = range.toLowerCase(Locale.ROOT).split("-", -1);
        if (parts[0].equals("*")) {
            return DEFAULT;
        }
        if (parts[0].equals("zh")) {
            return chinese(parts);
        }
        return ALL.contains(parts[0]) ? parts[0] : "";
    }

    /** By the script, or else by what is written where (CLDR's likely subtags). */
    private static String chinese(String[] parts) {
        for (String part : parts) {
            if (part.equals("hans")) {
                return "zh-Hans";
            }
            if (TRADITIONAL.contains(part)) {
                return "zh-Hant";
            }
        }
        return "zh-Hans";
    }
}
