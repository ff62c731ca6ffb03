package io.pingate.servlet.access;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request and its answer. All texts are the client's, one char per byte, and as long as it liked.
 *
 * @param time when the request began
 * @param client the client's address, as a trusted proxy tells it
 * @param line the request's first line; null when it couldn't be read
 * @param status the answer's status code; 0 when the client was gone before there was one
 * @param bytes how many bytes of a body it had, as far as they were sent
 * @param duration from the request's first byte to the answer's last
 * @param referer the field of that name; null without it
 * @param userAgent the field of that name; null without it
 */
public record AccessEntry(
        Instant time,
        String client,
        @Nullable Line line,
        int status,
        long bytes,
        Duration duration,
        @Nullable String referer,
        @Nullable String userAgent) {
    /**
     * The first line of a request.
     *
     * @param method the method
     * @param target path and query, byte for byte
     * @param protocol the version of HTTP, as in {@code HTTP/1.1}
     */
    public record Line(String method, String target, String protocol) {}
}
