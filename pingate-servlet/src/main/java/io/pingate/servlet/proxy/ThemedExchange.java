package io.pingate.servlet.proxy;

import io.pingate.HeaderFields;
import org.jspecify.annotations.Nullable;

/**
 * The theme's part in one exchange; the relay asks it twice. Both answers come before {@code HeaderRules} see the
 * fields, so that hop-by-hop and identity rules need not know of it.
 */
final class ThemedExchange {
    private final HeaderFields client;

    ThemedExchange(String method, HeaderFields client) {
        this.client = client;
    }

    /** {@return the fields to ask the upstream with, in place of the client's; often the very same object} */
    HeaderFields request() {
        return client;
    }

    /**
     * Judges the upstream's response head.
     *
     * @param status the upstream's status
     * @param upstream the upstream's fields
     * @return what becomes of the response, null when it passes as it is
     */
    @Nullable
    ThemedResponse response(int status, HeaderFields upstream) {
        return null;
    }
}
