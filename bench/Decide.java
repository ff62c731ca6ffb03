import io.pingate.Decision;
import io.pingate.GateRequest;
import io.pingate.InMemoryAttemptLimiter;
import io.pingate.KeyRing;
import io.pingate.Pin;
import io.pingate.PinGate;
import io.pingate.SigningKey;
import io.pingate.http.HeaderFields;
import io.pingate.http.IpAddress;
import io.pingate.http.RequestTarget;
import io.pingate.proxy.forwarded.ForwardedHeaders;
import io.pingate.proxy.forwarded.Forwarding;
import io.pingate.proxy.forwarded.TrustedProxies;
import io.pingate.proxy.headers.CacheScope;
import io.pingate.proxy.headers.HeaderRules;
import io.pingate.proxy.headers.IdentityHeaders;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What the core does for one proxied request, without any I/O: CPU nanoseconds and allocated bytes of each step, the
 * least of many batches. Steadier than any load when the machine has other work.
 *
 * <p>Run it as {@code java -cp path/to/pingate.jar bench/Decide.java}.
 */
public final class Decide {
    private static final int BATCH = 20_000;
    private static final int BATCHES = 100;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static long kept;

    private Decide() {}

    public static void main(String[] args) {
        Instant now = Instant.now();
        PinGate gate = PinGate.builder()
                .pin(Pin.of("97531"))
                .keys(KeyRing.of(SigningKey.of("a key for a bench alone")))
                .limiter(new InMemoryAttemptLimiter(System::nanoTime))
                .build();
        HeaderFields plain = request("theme=dark; lang=en");
        HeaderFields form = HeaderFields.of("Content-Type", "application/x-www-form-urlencoded");
        GateRequest signIn = gateRequest(form, "/pin/check", new IpAddress(false, 0, 1), "localhost");
        Decision.Unlock unlock = (Decision.Unlock) gate.tryPin(signIn, "pin=97531", now);
        HeaderFields fields = request("theme=dark; " + unlock.setCookie().split(";")[0] + "; lang=en");
        ForwardedHeaders forwarded = new ForwardedHeaders(TrustedProxies.loopbackAndPrivate());
        HeaderRules rules = HeaderRules.forTool("pingate", IdentityHeaders.none());
        Forwarding forwarding = forward(forwarded, fields);
        GateRequest known = gateRequest(fields, "/api/items?page=2", forwarding.client(), forwarding.host());
        GateRequest stranger = gateRequest(plain, "/api/items?page=2", forwarding.client(), forwarding.host());
        HeaderFields answer = response();
        if (!(gate.decide(known, now) instanceof Decision.Admit)) {
            throw new IllegalStateException("the cookie is not taken");
        }
        measure("forwarding", () -> forward(forwarded, fields));
        measure("decide, cookie", () -> gate.decide(known, now));
        measure("decide, none", () -> gate.decide(stranger, now));
        measure("request fields", () -> {
            rules.upstreamRequest(fields, forwarding, true).forEach((name, value) -> kept += value.length());
            return null;
        });
        measure("response fields", () -> {
            rules.clientResponse(answer, CacheScope.PRIVATE).forEach((name, value) -> kept += value.length());
            return null;
        });
    }

    private static Forwarding forward(ForwardedHeaders forwarded, HeaderFields fields) {
        return forwarded.of(IpAddress.parse("127.0.0.1").orElseThrow(), "http", "localhost:3060", fields);
    }

    private static GateRequest gateRequest(HeaderFields fields, String target, IpAddress client, String host) {
        return new GateRequest("GET", RequestTarget.of(target), fields, client, "http", host);
    }

    /** As a browser sends them. */
    private static HeaderFields request(String cookie) {
        return HeaderFields.of(
                "Host", "localhost:3060",
                "Connection", "keep-alive",
                "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Accept", "*/*",
                "Accept-Language", "en-GB,en;q=0.5",
                "Accept-Encoding", "gzip, deflate, br",
                "Referer", "http://localhost:3060/",
                "Cookie", cookie,
                "Sec-Fetch-Dest", "empty",
                "Sec-Fetch-Mode", "cors",
                "Sec-Fetch-Site", "same-origin");
    }

    private static HeaderFields response() {
        return HeaderFields.of(
                "Server", "nginx",
                "Date", "Sat, 01 Jan 2028 00:00:00 GMT",
                "Content-Type", "application/json",
                "Content-Length", "1024",
                "Connection", "keep-alive",
                "ETag", "\"5f3e\"",
                "Cache-Control", "no-cache");
    }

    private static void measure(String what, Supplier<Object> step) {
        long[] nanos = new long[BATCHES];
        long bytes = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < BATCH; i++) {
                kept += step.get() == null ? 0 : 1;
            }
            nanos[batch] = (THREADS.getCurrentThreadCpuTime() - start) / BATCH;
            bytes = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / BATCH;
        }
        System.out.printf(
                Locale.ROOT, "%-16s %5d ns %6d bytes%n", what, Arrays.stream(nanos).min().orElseThrow(), bytes);
    }
}
