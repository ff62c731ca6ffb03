package io.pingate.servlet;

import io.pingate.HeaderFields;
import io.pingate.RequestTarget;
import io.pingate.proxy.Forwarding;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the filter found out about a request that it let through, for the proxy behind it.
 *
 * @param target the request target, byte for byte
 * @param headers the client's header fields, the cookies of HTTP/2 as one
 * @param forwarding how the client reached the gate
 * @param signedIn whether a valid cookie came along, which isn't so on a public path
 * @param mark until when it holds for a client that is signed in
 */
public record Admission(
        RequestTarget target, HeaderFields headers, Forwarding forwarding, boolean signedIn, Epoch.Mark mark) {
    private static final String ATTRIBUTE = Admission.class.getName();

    /**
     * Finds the admission of a request.
     *
     * @param request the request
     * @return null when no filter has let it through
     */
    public static @Nullable Admission of(HttpServletRequest request) {
        return (Admission) request.getAttribute(ATTRIBUTE);
    }

    /** {@return false when everybody was signed out since, this client too} */
    public boolean isValid() {
        return !signedIn || mark.isCurrent();
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
