package io.pingate.proxy.theme;

import io.pingate.http.HeaderFields;
import io.pingate.http.syntax.CommaList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A content coding that can be taken off a page (RFC 9110 section 8.4.1). */
public enum ContentCoding {
    /** No coding. */
    IDENTITY,
    /** RFC 1952. */
    GZIP,
    /** RFC 1950, and RFC 1951 bare as some servers send it. */
    DEFLATE,
    /** RFC 7932. */
    BR;

    private static final Map<String, ContentCoding> BY_NAME =
            Map.of("gzip", GZIP, "x-gzip", GZIP, "deflate", DEFLATE, "br", BR);
    private static final Pattern ZERO_WEIGHT = Pattern.compile("(?i)[^;]*;[ \\t]*q=0(\\.0*)?[ \\t]*");

    /**
     * Reads how a response is coded.
     *
     * @param fields the response's fields
     * @return the coding, null when it is unknown or there are several
     */
    static @Nullable ContentCoding of(HeaderFields fields) {
        List<String> names = members(fields, "Content-Encoding");
        names.removeIf("identity"::equalsIgnoreCase);
        if (names.isEmpty()) {
            return IDENTITY;
        }
        return names.size() == 1 ? BY_NAME.get(names.get(0).toLowerCase(Locale.ROOT)) : null;
    }

    /**
     * Tells whether a client takes gzip; one that says nothing is sent no coding.
     *
     * @param fields the request's fields
     * @return true when gzip, or anything, is asked for with a weight above 0
     */
    static boolean gzipAccepted(HeaderFields fields) {
        List<String> asked = members(fields, "Accept-Encoding");
        return asked.stream()
                .filter(member -> named(member, "gzip", "x-gzip"))
                .findFirst()
                .or(() -> asked.stream().filter(member -> named(member, "*")).findFirst())
                .filter(member -> !ZERO_WEIGHT.matcher(member).matches())
                .isPresent();
    }

    /**
     * Cuts an Accept-Encoding value down to the coding that costs least to take off and put on again.
     *
     * @param accepted the client's value
     * @return its members about gzip and identity, or just identity
     */
    static String narrowed(String accepted) {
        List<String> members = CommaList.of(accepted);
        members.removeIf(member -> !named(member, "gzip", "x-gzip", "identity"));
        return members.isEmpty() ? "identity" : String.join(", ", members);
    }

    private static List<String> members(HeaderFields fields, String name) {
        List<String> members = new ArrayList<>(2);
        for (String line : fields.all(name)) {
            members.addAll(CommaList.of(line));
        }
        return members;
    }

    private static boolean named(String member, String... names) {
        int end = member.indexOf(';');
        String name = (end < 0 ? member : member.substring(0, end)).strip();
        for (String wanted : names) {
            if (name.equalsIgnoreCase(wanted)) {
                return true;
            }
        }
        return false;
    }
}
