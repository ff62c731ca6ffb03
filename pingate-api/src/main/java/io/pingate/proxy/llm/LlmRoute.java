package io.pingate.proxy.llm;

import io.pingate.http.HeaderFields;
import io.pingate.proxy.Route;
import io.pingate.proxy.RouteRules;
import io.pingate.proxy.Upstream;
import io.pingate.proxy.headers.ApiKey;
import io.pingate.proxy.headers.HeaderRules;
import io.pingate.proxy.headers.IdentityHeaders;
import java.util.List;

/** Makes an ordinary route of an LLM server: the gate keeps the server's key, so that pages need none. */
public final class LlmRoute {
    /** All the fields in which LiteLLM, and the providers' APIs that it speaks, look for a key. */
    private static final List<String> CREDENTIALS = List.of(
            "Authorization",
            "X-API-Key",
            "API-Key",
            "X-Goog-API-Key",
            "X-LiteLLM-API-Key",
            "Ocp-Apim-Subscription-Key");

    /** How a page hands OpenAI's realtime API a key, since browsers let it set no other field of a handshake. */
    private static final String KEY_AS_SUBPROTOCOL = "openai-insecure-api-key.";

    private LlmRoute() {}

    /**
     * Makes the route.
     *
     * @param prefix where it is mounted, as in {@code /api/llm}
     * @param server where the LLM server listens
     * @param headers the rules for header fields, {@link #headers}
     * @param rules which pages may ask, and for what: {@link LlmRules}
     * @return a route for signed-in requests only, also where a path is public
     * @throws IllegalArgumentException when the prefix isn't a plain path
     */
    public static Route of(String prefix, Upstream server, HeaderRules headers, RouteRules rules) {
        return Route.mounted(prefix, server, headers, rules, new OpenAiErrors());
    }

    /**
     * Rules for the server's header fields: the client's keys and cookies stay outside, the server's own key is put in, and
     * its CORS fields and cookies are dropped on the way back, since the gate has its own.
     *
     * @param cookieName the gate's cookie
     * @param identity whose names are dropped; the LLM server isn't told who is signed in
     * @param masterKey the server's key, sent for signed-in requests only
     * @return the rules
     * @throws IllegalArgumentException when the key can't be sent in a field
     */
    public static HeaderRules headers(String cookieName, IdentityHeaders identity, String masterKey) {
        HeaderFields bearer = HeaderFields.of("Authorization", "Bearer " + masterKey);
        return HeaderRules.forApi(cookieName, identity, new ApiKey(bearer, masterKey, CREDENTIALS, KEY_AS_SUBPROTOCOL));
    }
}
