package io.pingate.standalone;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Takes the scheme from the connection, which has TLS or has none. An absolute-form target or HTTP/2's {@code :scheme} is
 * only what the client says; that a proxy in front speaks TLS is told by X-Forwarded-Proto, if that proxy is trusted.
 */
record OwnScheme(HttpScheme scheme) implements HttpConfiguration.Customizer {
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        HttpURI uri = request.getHttpURI();
        if (scheme.is(uri.getScheme())) {
            return request;
        }
        HttpURI own = HttpURI.build(uri).scheme(scheme).asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpURI getHttpURI() {
                return own;
            }
        };
    }
}
