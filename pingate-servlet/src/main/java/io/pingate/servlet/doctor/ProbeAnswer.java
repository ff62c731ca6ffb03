package io.pingate.servlet.doctor;

import io.pingate.http.HeaderFields;
import io.pingate.servlet.page.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a probe of the doctor's is answered, once its body is read: how it arrived; or, with {@code ?pieces=5&gap=250}, an event
 * stream of so many pieces with so many milliseconds between them; or, with {@code ?storable}, an answer that a browser may keep
 * and nobody else, as the gate passes on those of a tool.
 */
public final class ProbeAnswer {
    /** Larger uploads are read no further. */
    static final int MAX_BODY_BYTES = 64 * 1024 * 1024;

    private static final Pattern STREAM = Pattern.compile("pieces=([1-9])&gap=([0-9]{1,6})(&.*)?");
    private static final int LONGEST_GAP_MILLIS = 600_000;
    private static final int BUFFER_BYTES = 16 * 1024;

    /** Each keeps a thread; more than one doctor at a time is rare. */
    private static final Semaphore UNDER_WAY = new Semaphore(16);

    private final Arrival arrival;
    private final String query;

    /**
     * Makes the answer to a probe.
     *
     * @param arrival how it arrived
     */
    public ProbeAnswer(Arrival arrival) {
        this.arrival = arrival;
        this.query = Objects.requireNonNullElse(arrival.request().target().query(), "");
    }

    /** The one who asks, at whichever door; its calls may wait. */
    public interface Client {
        /**
         * The request's body.
         *
         * @return the bytes
         * @throws IOException when it can't be read
         */
        InputStream body() throws IOException;

        /**
         * Begins the response.
         *
         * @param status its status code
         * @param fields its header fields
         * @return takes the body; a flush sends it on
         * @throws IOException when the client is gone
         */
        OutputStream begin(int status, HeaderFields fields) throws IOException;
    }

    /**
     * Answers, which may take as long as the probe asks for.
     *
     * @param client the one who asks
     * @throws IOException when it is gone
     */
    public void serve(Client client) throws IOException {
        if (!UNDER_WAY.tryAcquire()) {
            whole(client, Answer.json(503, Map.of("error", "too many probes at once")));
            return;
        }
        try {
            long read = drain(client.body());
            Matcher stream = STREAM.matcher(query);
            if (stream.matches()) {
                stream(client, Integer.parseInt(stream.group(1)), Integer.parseInt(stream.group(2)));
            } else {
                Map<String, Object> facts = arrival.facts();
                facts.put("bodyBytes", read);
                whole(client, Answer.json(200, facts));
            }
        } finally {
            UNDER_WAY.release();
        }
    }

    private static long drain(InputStream body) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long total = 0;
        int read = body.read(buffer);
        while (read >= 0 && total < MAX_BODY_BYTES) {
            total += read;
            read = body.read(buffer);
        }
        return total;
    }

    private void whole(Client client, Answer answer) throws IOException {
        HeaderFields storable =
                HeaderFields.of("Content-Type", "application/json", "Cache-Control", "private, max-age=60");
        HeaderFields fields = query.startsWith("storable") ? storable : answer.fields();
        String length = Integer.toString(answer.body().length);
        try (OutputStream out = client.begin(answer.status(), fields.and(HeaderFields.of("Content-Length", length)))) {
            out.write(answer.body());
        }
    }

    /** Without X-Accel-Buffering, which many programs don't send either. */
    private static void stream(Client client, int pieces, int gapMillis) throws IOException {
        HeaderFields fields = HeaderFields.of("Content-Type", "text/event-stream", "Cache-Control", "no-store");
        try (OutputStream out = client.begin(200, fields)) {
            for (int piece = 1; piece <= pieces; piece++) {
                if (piece > 1) {
                    pause(Math.min(gapMillis, LONGEST_GAP_MILLIS));
                }
                out.write(("data: " + piece + "\n\n").getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        }
    }

    private static void pause(int millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
