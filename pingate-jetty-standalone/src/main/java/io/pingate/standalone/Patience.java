package io.pingate.standalone;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/** Comes after the gate: what gets here was let in, and may take its time. */
final class Patience implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Request core = ServletContextRequest.getServletContextRequest(request);
        ConnectionMetaData meta = core.getConnectionMetaData();
        // On HTTP/2 strangers and guests share a connection; Jetty counts each stream's idle time by itself.
        if (meta.getHttpVersion() != HttpVersion.HTTP_2
                && meta.getConnection().getEndPoint() instanceof PatientEndPoint endPoint) {
            endPoint.patient(true);
            Request.addCompletionListener(core, failure -> endPoint.patient(false));
        }
        chain.doFilter(request, response);
    }
}
