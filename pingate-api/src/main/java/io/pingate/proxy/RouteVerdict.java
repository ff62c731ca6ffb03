package io.pingate.proxy;

import io.pingate.http.HeaderFields;

/** What a route makes of a request that the gate let through. */
public sealed interface RouteVerdict {
    /** {@return fields to add to the answer, whoever writes it: the upstream or the gate} */
    HeaderFields headers();

    /**
     * Send it to the upstream.
     *
     * @param headers fields to add to the answer
     */
    record Pass(HeaderFields headers) implements RouteVerdict {}

    /**
     * Answer it with an error.
     *
     * @param status 401 without a sign-in, else 403
     * @param reason one sentence for whoever sent it; it names the setting that would allow it
     * @param headers fields to add to the answer
     */
    record Refuse(int status, String reason, HeaderFields headers) implements RouteVerdict {}
}
