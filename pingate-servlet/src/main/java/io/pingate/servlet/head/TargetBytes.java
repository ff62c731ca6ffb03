package io.pingate.servlet.head;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a request target, one char for each, out of the text that a container made of them. Only ASCII is beyond
 * doubt: RFC 9112 section 3.2 has nothing else, yet clients send raw UTF-8.
 */
final class TargetBytes {
    /** What a decoder writes for bytes that it could not read. */
    private static final char LOST = '\uFFFD';

    private TargetBytes() {}

    /** Reads path and query as they came in: nothing that the container decoded or normalised. */
    static String of(HttpServletRequest request) {
        String query = request.getQueryString();
        String text = query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
        if (isAscii(text)) {
            return text;
        }
        String container = request.getServletContext().getServerInfo();
        if (container.startsWith("jetty/")) {
            return ofJetty(text, request.getProtocol());
        }
        if (container.startsWith("Apache Tomcat/")) {
            // One char per byte already; RequestTarget takes nothing else.
            return text;
        }
        throw lost();
    }

    /** The same of Jetty's text, which has one char per byte of HTTP/2's targets. */
    static String ofJetty(String text, String protocol) {
        return isAscii(text) || !protocol.startsWith("HTTP/1") ? text : encoded(text);
    }

    /** Jetty decodes UTF-8, and only what is valid comes back as it was. */
    private static String encoded(String text) {
        if (text.indexOf(LOST) >= 0) {
            throw lost();
        }
        try {
            return StandardCharsets.ISO_8859_1
                    .decode(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)))
                    .toString();
        } catch (CharacterCodingException loneSurrogate) {
            throw lost();
        }
    }

    private static IllegalArgumentException lost() {
        return new IllegalArgumentException("request target: bytes above ASCII that this server changes; escape them");
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }
}
