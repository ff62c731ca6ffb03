package io.pingate.standalone.connector;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/** Tells a connection of each request that begins on it and ends; HTTP/2's streams end in their own way. */
final class RequestsUnderWay implements HttpConfiguration.Customizer {
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        ClientEndPoint client = ClientEndPoint.of(
                request.getConnectionMetaData().getConnection().getEndPoint());
        if (client != null) {
            ClientActivity activity = client.activity();
            activity.requestBegins();
            Request.addCompletionListener(request, failure -> activity.requestEnds());
        }
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
            request.addHttpStreamWrapper(EarlyStreamEnd::new);
        }
        return request;
    }
}
