package io.pingate.testing;

/** A response as the client read it. */
public record WireResponse(WireHead head, WireBody body) {
    public int status() {
        return head.status();
    }

    public String text() {
        return body.text();
    }
}
