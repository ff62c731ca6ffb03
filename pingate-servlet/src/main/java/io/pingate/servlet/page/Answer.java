package io.pingate.servlet.page;

import io.pingate.http.HeaderFields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An answer of the gate's own, as a value: whichever door is open writes it. */
public final class Answer {
    /** A scheme that no browser knows, so that none of them asks for a name and a password (RFC 9110 section 11.6.1). */
    private static final String CHALLENGE = "Pingate realm=\"pingate\"";

    private static final byte[] EMPTY = {};

    private final int status;
    private final List<Map.Entry<String, String>> fields;
    private final byte[] body;

    private Answer(int status, List<Map.Entry<String, String>> fields, byte[] body) {
        this.status = status;
        this.fields = fields;
        this.body = body;
    }

    /** Fields and nothing to read: what a route answers by itself. */
    public static Answer noContent(HeaderFields fields) {
        return new Answer(204, List.of(), EMPTY).with(fields);
    }

    /** RFC 9110 section 15.4.4: the answer to a POST is elsewhere, for GET. */
    static Answer seeOther(String location) {
        return own(303, EMPTY).with("Location", location);
    }

    static Answer html(int status, HtmlPage page) {
        return own(status, utf8(page.html())).with("Content-Type", "text/html;charset=utf-8");
    }

    static Answer json(int status, String body) {
        return own(status, utf8(body)).with("Content-Type", "application/json");
    }

    /** What nothing may store, frame or guess the type of. */
    private static Answer own(int status, byte[] body) {
        List<Map.Entry<String, String>> fields = new ArrayList<>(8);
        if (status == 401) {
            fields.add(Map.entry("WWW-Authenticate", CHALLENGE));
        }
        fields.add(Map.entry("Cache-Control", "no-store"));
        fields.add(Map.entry("Content-Security-Policy", HtmlPage.POLICY));
        fields.add(Map.entry("X-Frame-Options", "DENY"));
        fields.add(Map.entry("X-Content-Type-Options", "nosniff"));
        // Not no-referrer, which would turn the form's Origin into "null".
        fields.add(Map.entry("Referrer-Policy", "same-origin"));
        return new Answer(status, fields, body);
    }

    /** {@return this answer with one more field} */
    public Answer with(String name, String value) {
        return with(HeaderFields.of(name, value));
    }

    /** {@return this answer with more fields} */
    public Answer with(HeaderFields more) {
        List<Map.Entry<String, String>> all = new ArrayList<>(fields);
        more.forEach((name, value) -> all.add(Map.entry(name, value)));
        return new Answer(status, all, body);
    }

    /** {@return the status code} */
    public int status() {
        return status;
    }

    /** {@return the fields, without Content-Length} */
    public HeaderFields fields() {
        return HeaderFields.of(fields);
    }

    /** {@return a copy of the body; empty where the status allows none} */
    public byte[] body() {
        return body.clone();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
