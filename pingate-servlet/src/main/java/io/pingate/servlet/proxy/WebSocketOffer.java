package io.pingate.servlet.proxy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.HttpUpgrader;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;

/** A WebSocket offered to an upstream along with a request (RFC 6455 section 4). */
final class WebSocketOffer implements HttpUpgrader {
    private static final String WEBSOCKET = "websocket";
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final BiConsumer<Response, EndPoint> whenAccepted;

    private WebSocketOffer(BiConsumer<Response, EndPoint> whenAccepted) {
        this.whenAccepted = whenAccepted;
    }

    /** Adds an offer to a request that is about to be sent; the upstream accepts it by a real 101. */
    static void add(Request request, BiConsumer<Response, EndPoint> whenAccepted) {
        WebSocketOffer offer = new WebSocketOffer(whenAccepted);
        request.attribute(HttpUpgrader.Factory.class.getName(), (HttpUpgrader.Factory) version -> offer);
    }

    @Override
    public void prepare(Request request) {
        request.headers(fields -> fields.put(HttpHeader.CONNECTION, "Upgrade").put(HttpHeader.UPGRADE, WEBSOCKET));
    }

    /**
     * Takes nothing for a WebSocket but a real 101. The client would notice a wrong one too, but until then its bytes
     * would reach an upstream that still takes them for HTTP.
     */
    @Override
    public void upgrade(Response response, EndPoint endPoint, Callback callback) {
        if (isAccepted(response.getRequest().getHeaders(), response.getHeaders())) {
            whenAccepted.accept(response, endPoint);
            callback.succeeded();
        } else {
            callback.failed(new HttpResponseException("not the 101 of a WebSocket", response));
        }
    }

    private static boolean isAccepted(HttpFields request, HttpFields response) {
        String key = request.get("Sec-WebSocket-Key");
        return key != null
                && tokens(response, HttpHeader.UPGRADE).equals(List.of(WEBSOCKET))
                && tokens(response, HttpHeader.CONNECTION).contains("upgrade")
                && response.getValuesList("Sec-WebSocket-Accept").equals(List.of(accept(key.strip())));
    }

    private static List<String> tokens(HttpFields fields, HttpHeader header) {
        return fields.getCSV(header, false).stream()
                .map(token -> token.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** RFC 6455 section 4.2.2; its SHA-1 guards nothing but the protocol itself. */
    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
