package io.pingate.standalone.connector;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Comes after the gate: what gets here was let in, may take its time, and is not to make room for others. */
public final class AdmittedRequests implements Filter {
    /** Creates the filter. */
    public AdmittedRequests() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Request core = ServletContextRequest.getServletContextRequest(request);
        ConnectionMetaData meta = core.getConnectionMetaData();
        ClientEndPoint client = ClientEndPoint.of(meta.getConnection().getEndPoint());
        if (client != null) {
            ClientActivity activity = client.activity();
            activity.admissionBegins();
            Request.addCompletionListener(core, failure -> ended(core, failure, activity));
        }
        if (meta.getHttpVersion() == HttpVersion.HTTP_2) {
            // Strangers and guests share the connection: here each stream has an idle limit of its own.
            core.addHttpStreamWrapper(stream -> {
                stream.setIdleTimeout(0);
                return stream;
            });
        }
        chain.doFilter(request, response);
    }

    /** A WebSocket begins where its request ends. */
    private static void ended(Request request, @Nullable Throwable failure, ClientActivity activity) {
        if (failure == null
                && request.getAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE) instanceof Connection tunnel) {
            tunnel.addEventListener(new Connection.Listener() {
                @Override
                public void onClosed(Connection closed) {
                    activity.admissionEnds();
                }
            });
        } else {
            activity.admissionEnds();
        }
    }
}
