package io.pingate.servlet.proxy.client.jetty;

import io.pingate.servlet.page.Answer;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes the gate's own answers to Jetty's own responses. */
public final class JettyAnswer {
    private static final Map<String, HttpField> WRITTEN_BEFORE = writtenBefore();

    private JettyAnswer() {}

    private static Map<String, HttpField> writtenBefore() {
        Map<String, HttpField> fields = new HashMap<>();
        Answer.USUAL_FIELDS.forEach((name, value) -> fields.put(name, new PreEncodedHttpField(name, value)));
        return Map.copyOf(fields);
    }

    private static HttpField field(String name, String value) {
        HttpField usual = WRITTEN_BEFORE.get(name);
        return usual != null && value.equals(usual.getValue()) ? usual : new HttpField(name, value);
    }

    /**
     * Writes an answer to a request whose body may not have been read: such a connection can take no further request (RFC
     * 9112 section 9.3), and the client is told, lest it send one and lose it.
     *
     * @param answer the answer
     * @param request what is answered
     * @param isRead whether its body was read to the end
     * @param response uncommitted; fields that were set stay
     * @param callback told when all is written
     */
    public static void write(Answer answer, Request request, boolean isRead, Response response, Callback callback) {
        if (!isRead && hasBody(request)) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        }
        write(answer, true, response, callback);
    }

    /** Writes an answer, whose end is told by the last write or, if that isn't it, by the one who completes the response. */
    static void write(Answer answer, boolean last, Response response, Callback callback) {
        response.setStatus(answer.status());
        HttpFields.Mutable fields = response.getHeaders();
        answer.fields().forEach((name, value) -> fields.add(field(name, value)));
        byte[] body = answer.body();
        if (!HttpStatus.hasNoBody(answer.status())) {
            fields.put(HttpHeader.CONTENT_LENGTH, body.length);
        }
        response.write(last, ByteBuffer.wrap(body), callback);
    }

    private static boolean hasBody(Request request) {
        return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }
}
