package io.pingate.blackbox;

/** A response as the client read it. */
record WireResponse(WireHead head, WireBody body) {
    int status() {
        return head.status();
    }

    String text() {
        return body.text();
    }
}
