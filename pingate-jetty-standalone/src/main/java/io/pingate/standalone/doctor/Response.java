package io.pingate.standalone.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came back.
 *
 * @param status the status code
 * @param fields its header fields, names in lower case
 * @param text as much of the body as was read
 * @param events after how many milliseconds each event of a stream had come
 * @param headAfter how long its head took
 */
record Response(int status, Map<String, String> fields, String text, List<Long> events, Duration headAfter) {
    String field(String name) {
        return fields.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The gate's own word that it asks for the PIN. */
    boolean asksForPin() {
        return field("X-Pingate").equals("sign-in") || field("Location").contains("?next=");
    }
}
