package io.pingate.servlet.proxy.client.jetty;

import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** What a connection stands on, also with TLS between. */
public final class Below {
    private Below() {}

    /**
     * Looks for it.
     *
     * @param endPoint what a connection takes for its end point
     * @param kind what is looked for
     * @return the outermost of that kind; null when there is none
     * @param <T> its type
     */
    public static <T> @Nullable T find(EndPoint endPoint, Class<T> kind) {
        EndPoint inner = endPoint;
        while (!kind.isInstance(inner)) {
            if (!(inner instanceof EndPoint.Wrapper wrapper)) {
                return null;
            }
            inner = wrapper.unwrap();
        }
        return kind.cast(inner);
    }
}
