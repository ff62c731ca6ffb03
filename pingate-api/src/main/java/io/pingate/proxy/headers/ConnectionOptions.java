package io.pingate.proxy.headers;

import io.pingate.http.HeaderFields;
import io.pingate.http.syntax.CommaList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The fields that a message's Connection field names: they are for the next hop alone (RFC 9110 section 7.6.1). */
final class ConnectionOptions {
    private ConnectionOptions() {}

    /** {@return the names, compared without regard to case; mostly none} */
    static Set<String> in(HeaderFields fields) {
        Set<String> names = Set.of();
        for (String line : fields.all("Connection")) {
            // Nearly every line is just "keep-alive".
            for (String name : isAboutTheConnection(line) ? List.<String>of() : CommaList.of(line)) {
                if (!isAboutTheConnection(name)) {
                    names = names.isEmpty() ? new TreeSet<>(String.CASE_INSENSITIVE_ORDER) : names;
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static boolean isAboutTheConnection(String option) {
        return option.equalsIgnoreCase("keep-alive") || option.equalsIgnoreCase("close");
    }
}
