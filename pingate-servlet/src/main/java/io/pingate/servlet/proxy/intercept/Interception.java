package io.pingate.servlet.proxy.intercept;

import io.pingate.http.HeaderFields;
import io.pingate.proxy.BodyStage;
import org.jspecify.annotations.Nullable;

/**
 * An interceptor's part in one exchange, which asks it twice. Both answers come before {@code HeaderRules} see the fields,
 * so that hop-by-hop and identity rules need not know of it.
 */
public interface Interception {
    /** {@return the fields to ask the upstream with, in place of the client's; often the very same object} */
    HeaderFields upstreamRequest();

    /**
     * Judges the upstream's response head.
     *
     * @param status the upstream's status
     * @param upstreamResponse the upstream's fields
     * @return what becomes of the response, null when it passes as it is
     */
    @Nullable
    Response clientResponse(int status, HeaderFields upstreamResponse);

    /** A response that may change: each chunk of the upstream's body goes through it. */
    interface Response extends BodyStage {
        /** {@return the fields for the client; from here on it is decided whether the body changes} */
        HeaderFields fields();
    }
}
