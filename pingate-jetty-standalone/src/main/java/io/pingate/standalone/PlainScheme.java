package io.pingate.standalone;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Takes the scheme from the connection, which is plain HTTP. An absolute-form target or HTTP/2's {@code :scheme} is only
 * what the client says; that a proxy in front speaks TLS is told by X-Forwarded-Proto, if that proxy is trusted.
 */
final class PlainScheme implements HttpConfiguration.Customizer {
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        HttpURI uri = request.getHttpURI();
        if (HttpScheme.HTTP.is(uri.getScheme())) {
            return request;
        }
        HttpURI plain = HttpURI.build(uri).scheme(HttpScheme.HTTP).asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpURI getHttpURI() {
                return plain;
            }
        };
    }
}
