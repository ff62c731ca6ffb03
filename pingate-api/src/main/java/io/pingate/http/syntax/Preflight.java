package io.pingate.http.syntax;

import io.pingate.http.HeaderFields;

/** Which requests browsers ask on their own, and without cookies, before a page of another origin sends its own. */
public final class Preflight {
    private Preflight() {}

    /**
     * Tells whether a request is a CORS preflight (Fetch, section "CORS-preflight request").
     *
     * @param method the request's method
     * @param clientRequest the client's fields
     * @return true when it is
     */
    public static boolean is(String method, HeaderFields clientRequest) {
        return method.equals("OPTIONS")
                && clientRequest.first("Origin") != null
                && clientRequest.first("Access-Control-Request-Method") != null;
    }
}
