package io.pingate.proxy.headers;

import io.pingate.proxy.headers.HeaderActions.Action;
import java.util.List;

/**
 * What may not come behind a body. Whoever reads trailers may merge them into the head, where they would say how the
 * message is framed, where it goes, who sent it or what it is, after all that has been decided (RFC 9110 section 6.5.1).
 */
final class TrailerRules {
    private static final List<String> OF_THE_HEAD = List.of(
            // framing and routing
            "Content-Length",
            "Host",
            "Forwarded",
            "X-Forwarded-*",
            "X-Real-IP",
            "Max-Forwards",
            "Via",
            // who asks, who may
            "Authorization",
            "Cookie",
            "Set-Cookie",
            "Set-Cookie2",
            "WWW-Authenticate",
            "Authentication-Info",
            "Proxy-*",
            "Origin",
            "Sec-*",
            "Access-Control-*",
            // what is asked for
            "Accept",
            "Accept-*",
            "Expect",
            "If-*",
            "Range",
            "Prefer",
            // what the answer and its body are
            "Content-Encoding",
            "Content-Type",
            "Content-Range",
            "Content-Disposition",
            "Content-Location",
            "Content-Language",
            "Content-Security-Policy",
            "Content-Security-Policy-Report-Only",
            "Strict-Transport-Security",
            "X-Frame-Options",
            "X-Content-Type-Options",
            "Clear-Site-Data",
            "Location",
            "Refresh",
            "Retry-After",
            // what caches go by
            "Age",
            "Cache-Control",
            "*-Cache-Control",
            "Surrogate-Control",
            "Edge-Control",
            "X-Accel-*",
            "Date",
            "Expires",
            "Pragma",
            "Vary",
            "Warning");

    private TrailerRules() {}

    /** The actions of trailers of a message whose head has those. */
    static HeaderActions after(HeaderActions head) {
        return head.with(Action.DROP, OF_THE_HEAD);
    }
}
