package io.pingate.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireHead;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a request costs, counted and not timed: how many bytes are allocated for it, and by how many threads. Both tell of a
 * step back where a clock on a busy machine tells nothing.
 */
class RequestCostTest {
    private static final int WARM_UP = 500;
    private static final int REQUESTS = 2_000;

    /** A tenth above what was measured with the compiler that doesn't do away with allocations. */
    private static final long PROXIED_BYTES = 10_500;

    private static final long REFUSED_BYTES = 7_500;

    /** What a thread may do besides: a sweep a second, and the like. */
    private static final long BYTES_ASIDE = 50L * REQUESTS;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path state;

    private RawUpstream upstream;
    private PingateServer server;

    @BeforeEach
    void start() throws IOException {
        upstream = RawUpstream.start();
        Map<String, String> environment = Map.of(
                "PINGATE_PIN", "4711",
                "PINGATE_HOST", "127.0.0.1",
                "PINGATE_PORT", "0",
                "PINGATE_STATE_DIR", state.toString(),
                "PINGATE_PUBLIC_PATHS", "/public",
                // With all that hears of a request.
                "PINGATE_METRICS_PORT", "0",
                "PINGATE_UPSTREAM", "http://127.0.0.1:" + upstream.port());
        server = new PingateServer(PinGateSettings.load(SettingsSource.environment(environment::get)));
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        upstream.close();
    }

    @Test
    void one_thread_does_all_when_a_request_is_proxied() throws Exception {
        Cost cost = cost("/public", 200);
        assertEquals(1, cost.threads, "threads that worked for requests");
        assertTrue(cost.bytes <= PROXIED_BYTES, cost.bytes + " bytes a request");
    }

    @Test
    void one_thread_does_all_when_a_request_is_refused() throws Exception {
        Cost cost = cost("/private", 401);
        assertEquals(1, cost.threads, "threads that worked for requests");
        assertTrue(cost.bytes <= REFUSED_BYTES, cost.bytes + " bytes a request");
    }

    /**
     * What requests cost.
     *
     * @param bytes allocated for each
     * @param threads that had a part in them
     */
    private record Cost(long bytes, int threads) {}

    private Cost cost(String path, int status) throws IOException {
        try (RawClient client = RawClient.to(server.port())) {
            ask(client, WARM_UP, path, status);
            Map<Long, Long> before = allocated();
            ask(client, REQUESTS, path, status);
            long bytes = 0;
            int threads = 0;
            for (Map.Entry<Long, Long> after : allocated().entrySet()) {
                long its = after.getValue() - before.getOrDefault(after.getKey(), 0L);
                bytes += its;
                threads += its > BYTES_ASIDE ? 1 : 0;
            }
            return new Cost(bytes / REQUESTS, threads);
        }
    }

    private static void ask(RawClient client, int times, String path, int status) throws IOException {
        String request = WireHead.of(
                "GET " + path + " HTTP/1.1",
                "Host: notes.example",
                "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Accept: application/json",
                "Accept-Language: en-US,en;q=0.5",
                "Accept-Encoding: gzip, deflate, br",
                "Cookie: theme=dark; session=0123456789abcdef");
        for (int i = 0; i < times; i++) {
            assertEquals(status, client.send(request).response().head().status());
        }
    }

    /** By the threads of the server's pool, which are its selector's and those that it hands work to. */
    private static Map<Long, Long> allocated() {
        Map<Long, Long> allocated = new HashMap<>();
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("qtp")) {
                allocated.put(thread.getThreadId(), THREADS.getThreadAllocatedBytes(thread.getThreadId()));
            }
        }
        return allocated;
    }
}
