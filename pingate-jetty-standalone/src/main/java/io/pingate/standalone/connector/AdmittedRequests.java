package io.pingate.standalone.connector;

import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** What the gate has let in may take its time, and is not to make room for others. */
public final class AdmittedRequests {
    private AdmittedRequests() {}

    /**
     * Tells the request's connection that the gate has let it in.
     *
     * @param request the request
     */
    public static void enter(Request request) {
        ConnectionMetaData meta = request.getConnectionMetaData();
        ClientEndPoint client = ClientEndPoint.of(meta.getConnection().getEndPoint());
        if (client != null) {
            ClientActivity activity = client.activity();
            activity.admissionBegins();
            Request.addCompletionListener(request, failure -> ended(request, failure, activity));
        }
        if (meta.getHttpVersion() == HttpVersion.HTTP_2) {
            // Strangers and guests share the connection: here each stream has an idle limit of its own.
            request.addHttpStreamWrapper(stream -> {
                stream.setIdleTimeout(0);
                return stream;
            });
        }
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
