package io.pingate.servlet.proxy.intercept;

import io.pingate.http.HeaderFields;
import org.jspecify.annotations.Nullable;

/** Changes what passes in exchanges. Safe for use by many threads; WebSockets pass it by. */
public interface ExchangeInterceptor {
    /** Leaves everything as it is. */
    ExchangeInterceptor NONE = (method, clientRequest) -> null;

    /** Makes an interceptor for a proxy. */
    @FunctionalInterface
    interface Factory {
        /**
         * Makes it.
         *
         * @param resources what the proxy lends
         * @return the interceptor, which holds nothing that is to be closed
         */
        ExchangeInterceptor create(ProxyResources resources);
    }

    /**
     * Begins an exchange.
     *
     * @param method the request's method
     * @param clientRequest the client's fields
     * @return what it does to the exchange; null for nothing
     */
    @Nullable
    Interception begin(String method, HeaderFields clientRequest);
}
