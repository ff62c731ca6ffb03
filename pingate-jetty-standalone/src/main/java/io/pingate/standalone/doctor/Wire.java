package io.pingate.standalone.doctor;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One request of HTTP/1.1 and its response, each on a connection of its own. Java's own client can't ask for an upgrade, and
 * loses an answer that comes before an upload has ended.
 */
final class Wire {
    private static final int MAX_BODY_BYTES = 128 * 1024;
    private static final int MAX_LINE_BYTES = 32 * 1024;
    private static final byte[] EVENT = "data:".getBytes(StandardCharsets.US_ASCII);

    private final long begun = System.nanoTime();
    private final InputStream in;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<Long> events = new ArrayList<>();
    private int matched;

    private Wire(InputStream in) {
        this.in = in;
    }

    /**
     * Asks.
     *
     * @param target path and query, put behind the path of the place
     * @param bodyBytes how many bytes to send; less than zero for no body
     * @param lines further lines of the head
     */
    static Response ask(
            Place place, String method, String target, long bodyBytes, int timeoutMillis, List<String> lines)
            throws IOException {
        StringBuilder head = new StringBuilder(method + " " + place.path() + target + " HTTP/1.1\r\nHost: "
                + place.authority() + "\r\nUser-Agent: pingate-doctor\r\nAccept: */*\r\n");
        lines.forEach(line -> head.append(line).append("\r\n"));
        if (lines.stream().noneMatch(line -> line.startsWith("Connection:"))) {
            head.append("Connection: close\r\n");
        }
        if (bodyBytes >= 0) {
            head.append("Content-Type: application/octet-stream\r\nContent-Length: ")
                    .append(bodyBytes)
                    .append("\r\n");
        }
        head.append("\r\n");
        try (Socket socket = place.connect(timeoutMillis)) {
            OutputStream out = socket.getOutputStream();
            out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            Thread upload = new Thread(() -> upload(out, bodyBytes), "doctor-upload");
            upload.setDaemon(true);
            upload.start();
            return new Wire(new BufferedInputStream(socket.getInputStream())).read(method);
        }
    }

    /** Beside the reading, since a front that has had enough answers before the end. */
    private static void upload(OutputStream out, long bytes) {
        byte[] block = new byte[32 * 1024];
        try {
            for (long left = bytes; left > 0; left -= block.length) {
                out.write(block, 0, (int) Math.min(left, block.length));
            }
            out.flush();
        } catch (IOException stopped) {
            // The answer says why.
        }
    }

    private Response read(String method) throws IOException {
        int status;
        Map<String, String> fields;
        do {
            String line = line();
            if (!line.matches("HTTP/1\\.[01] [0-9]{3}.*")) {
                throw new IOException("what answers there speaks no HTTP");
            }
            status = Integer.parseInt(line.substring(9, 12));
            fields = fields();
        } while (status >= 100 && status < 200 && status != 101);
        Duration headAfter = Duration.ofNanos(System.nanoTime() - begun);
        if (status != 101 && status != 204 && status != 304 && !method.equals("HEAD")) {
            body(fields);
        }
        return new Response(status, fields, body.toString(StandardCharsets.UTF_8), List.copyOf(events), headAfter);
    }

    private Map<String, String> fields() throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    private void body(Map<String, String> fields) throws IOException {
        if (fields.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            for (long size = chunk(); size > 0 && body.size() < MAX_BODY_BYTES; size = chunk()) {
                take(size);
                line();
            }
        } else {
            String length = fields.getOrDefault("content-length", "");
            take(length.matches("[0-9]{1,18}") ? Long.parseLong(length) : Long.MAX_VALUE);
        }
    }

    private long chunk() throws IOException {
        String size = line().split(";", 2)[0].strip();
        if (!size.matches("[0-9A-Fa-f]{1,15}")) {
            throw new IOException("a chunk of the answer has no size");
        }
        return Long.parseLong(size, 16);
    }

    /** To the end of the connection at the latest. */
    private void take(long bytes) throws IOException {
        for (long left = bytes; left > 0 && body.size() < MAX_BODY_BYTES; left--) {
            int octet = in.read();
            if (octet < 0) {
                if (bytes == Long.MAX_VALUE) {
                    return;
                }
                throw new EOFException("the answer is cut short");
            }
            body.write(octet);
            matched = octet == EVENT[matched] ? matched + 1 : 0;
            if (matched == EVENT.length) {
                events.add(Duration.ofNanos(System.nanoTime() - begun).toMillis());
                matched = 0;
            }
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the connection ended before the answer");
            }
            if (line.length() >= MAX_LINE_BYTES) {
                throw new IOException("a line of the answer is too long");
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }
}
