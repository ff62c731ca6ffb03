package io.pingate.servlet.page;

import io.pingate.http.HeaderFields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** An answer of the gate's own, as a value: whichever door is open writes it. */
public final class Answer {
    private static final String JSON = "application/json";

    /** What nothing may store, frame or guess the type of. The policy for referrers keeps the form's Origin from being "null". */
    private static final HeaderFields OWN = own("same-origin");

    /** What stands in the address of such an answer opens the gate: the Referer has the origin only. */
    private static final HeaderFields OWN_AT_SECRET_ADDRESS = own("strict-origin");

    /** A scheme that no browser knows, so that none of them asks for a name and a password (RFC 9110 section 11.6.1). */
    private static final HeaderFields OWN_401 =
            HeaderFields.of("WWW-Authenticate", "Pingate realm=\"pingate\"").and(OWN);

    /** The fields that most answers have alike, for servers that can write a field from bytes which they have made before. */
    public static final HeaderFields USUAL_FIELDS =
            OWN_401.and(HeaderFields.of("Content-Type", JSON, "X-Pingate", "sign-in"));

    private static final List<String> ABOUT_THE_BODY = List.of("Content-Type", "Content-Language", "Vary");

    private static final byte[] EMPTY = {};

    private final int status;
    private final HeaderFields fields;
    private final byte[] body;

    private Answer(int status, HeaderFields fields, byte[] body) {
        this.status = status;
        this.fields = fields;
        this.body = body;
    }

    /** Fields and nothing to read: what a route answers by itself. */
    public static Answer noContent(HeaderFields fields) {
        return new Answer(204, fields, EMPTY);
    }

    /** RFC 9110 section 15.4.4: the answer to a POST is elsewhere, for GET. */
    static Answer seeOther(String location) {
        return own(303, EMPTY).with("Location", location);
    }

    static Answer html(int status, String language, String page) {
        return own(status, utf8(page))
                .with(HeaderFields.of(
                        "Content-Type", "text/html;charset=utf-8",
                        "Content-Language", language,
                        "Vary", "Accept-Language"));
    }

    /** An object, for programs. */
    public static Answer json(int status, Map<String, ?> members) {
        return json(status, JsonErrors.object(members));
    }

    static Answer json(int status, String body) {
        return own(status, utf8(body)).with("Content-Type", JSON);
    }

    private static HeaderFields own(String referrerPolicy) {
        return HeaderFields.of(
                "Cache-Control", "no-store",
                "Content-Security-Policy", PagePolicy.POLICY,
                "X-Frame-Options", "DENY",
                "X-Content-Type-Options", "nosniff",
                "Referrer-Policy", referrerPolicy);
    }

    /** {@return this answer for an address that nobody else may hear of: the Referer has the origin only; of a status but 401} */
    Answer keepingItsAddress() {
        HeaderFields others = action -> fields.forEach((name, value) -> {
            if (ABOUT_THE_BODY.contains(name)) {
                action.accept(name, value);
            }
        });
        return new Answer(status, OWN_AT_SECRET_ADDRESS.and(others), body);
    }

    /**
     * Lets other sites' pages have this page in a frame.
     *
     * @param ancestors their origins, as {@code frame-ancestors} takes them
     */
    Answer framedBy(String ancestors) {
        HeaderFields all = fields;
        return new Answer(
                status,
                action -> all.forEach((name, value) -> {
                    if (name.equals("Content-Security-Policy")) {
                        action.accept(name, value.replace(PagePolicy.UNFRAMED, "frame-ancestors " + ancestors));
                    } else if (!name.equals("X-Frame-Options")) {
                        action.accept(name, value);
                    }
                }),
                body);
    }

    private static Answer own(int status, byte[] body) {
        return new Answer(status, status == 401 ? OWN_401 : OWN, body);
    }

    /** {@return this 401 with a question for a name and a password, before the one that nobody understands (RFC 7617)} */
    Answer askingForPassword() {
        return new Answer(
                status,
                HeaderFields.of("WWW-Authenticate", "Basic realm=\"pingate\", charset=\"UTF-8\"")
                        .and(fields),
                body);
    }

    /** {@return this answer with one more field} */
    public Answer with(String name, String value) {
        return with(HeaderFields.of(name, value));
    }

    /** {@return this answer with more fields} */
    public Answer with(HeaderFields more) {
        return new Answer(status, fields.and(more), body);
    }

    /** {@return the status code} */
    public int status() {
        return status;
    }

    /** {@return all fields but Content-Length} */
    public HeaderFields fields() {
        return fields;
    }

    /** {@return the body, not to be changed; empty where the status allows none} */
    public byte[] body() {
        return body;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
