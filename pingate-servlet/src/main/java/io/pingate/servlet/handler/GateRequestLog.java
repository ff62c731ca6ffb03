package io.pingate.servlet.handler;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.access.AccessEntry;
import io.pingate.servlet.access.AccessLog;
import io.pingate.servlet.head.JettyHead;
import io.pingate.servlet.head.RequestHead;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/**
 * Tells the access log of each request that a Jetty server has answered, those that never reached the gate included. A
 * response is over when its last byte is written; one that switches to a WebSocket, with its head.
 */
public final class GateRequestLog implements RequestLog {
    /** What Jetty calls a request whose first line it can't read. */
    private static final Set<String> UNREADABLE = Set.of("/badMessage", "/badURI", "/badRequest");

    private final PinGateSettings settings;
    private final AccessLog log;

    /**
     * Prepares to tell.
     *
     * @param settings say who is believed to be the client
     * @param log hears of the requests
     */
    public GateRequestLog(PinGateSettings settings, AccessLog log) {
        this.settings = settings;
        this.log = log;
    }

    @Override
    public void log(Request request, Response response) {
        RequestHead head = head(request);
        AccessEntry.Line line = line(request, head);
        // Of a line that can't be read, Jetty may not know when it began.
        long begun = line == null ? request.getHeadersNanoTime() : request.getBeginNanoTime();
        log.note(new AccessEntry(
                Instant.ofEpochMilli(Request.getTimeStamp(request)),
                client(request, head),
                line,
                response.getStatus(),
                bytes(request, response),
                Duration.ofNanos(NanoTime.since(begun)),
                request.getHeaders().get(HttpHeader.REFERER),
                request.getHeaders().get(HttpHeader.USER_AGENT)));
    }

    /** As the gate reads it; null where nobody could, or the gate refuses to. */
    private static @Nullable RequestHead head(Request request) {
        if (request.getHttpURI().getScheme() == null) {
            return null;
        }
        try {
            return JettyHead.of(request);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private String client(Request request, @Nullable RequestHead head) {
        try {
            if (head != null) {
                return settings.client(head).toString();
            }
        } catch (IllegalArgumentException e) {
            // Then nobody is believed.
        }
        return Objects.requireNonNullElse(Request.getRemoteAddr(request), "-");
    }

    private static AccessEntry.@Nullable Line line(Request request, @Nullable RequestHead head) {
        String target = head == null ? request.getHttpURI().getPathQuery() : head.target();
        if (target == null || (request.getHeaders().size() == 0 && UNREADABLE.contains(target))) {
            return null;
        }
        return new AccessEntry.Line(
                request.getMethod(), target, request.getConnectionMetaData().getProtocol());
    }

    /** Jetty's own refusals are written by another response, which leaves its status and its fields in this one. */
    private static long bytes(Request request, Response response) {
        boolean refused = !response.isCommitted() && !request.getMethod().equals("HEAD");
        return refused
                ? Math.max(0, response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH))
                : Response.getContentBytesWritten(response);
    }
}
