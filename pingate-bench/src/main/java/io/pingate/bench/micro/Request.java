package io.pingate.bench.micro;

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
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** One request of a browser through the core: its pure steps one by one, and all of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Request {
    private final Instant now = Instant.now();
    private final PinGate gate = PinGate.builder()
            .pin(Pin.of("97531"))
            .keys(KeyRing.of(SigningKey.of("a key for a bench alone")))
            .limiter(new InMemoryAttemptLimiter(System::nanoTime))
            .build();
    private final ForwardedHeaders forwarded = new ForwardedHeaders(TrustedProxies.loopbackAndPrivate());
    private final HeaderRules rules = HeaderRules.forTool("pingate", IdentityHeaders.none());
    private final HeaderFields fields = Heads.ofBrowser("theme=dark; " + signIn() + "; lang=en");
    private final HeaderFields strange = Heads.ofBrowser("theme=dark; lang=en");
    private final HeaderFields answer = Heads.ofUpstream();
    private final Forwarding forwarding = forward(fields);

    private String signIn() {
        HeaderFields form = HeaderFields.of("Content-Type", "application/x-www-form-urlencoded");
        GateRequest request = new GateRequest(
                "POST", RequestTarget.of("/pin/check"), form, new IpAddress(false, 0, 1), "http", "localhost");
        Decision.Unlock unlock = (Decision.Unlock) gate.tryPin(request, "pin=97531", now);
        return unlock.setCookie().split(";", -1)[0];
    }

    private Forwarding forward(HeaderFields from) {
        return forwarded.of(IpAddress.parse("127.0.0.1").orElseThrow(), "http", "localhost:3060", from);
    }

    private Decision decideOn(HeaderFields from, Forwarding way) {
        RequestTarget target = RequestTarget.of("/api/items?page=2");
        return gate.decide(new GateRequest("GET", target, from, way.client(), "http", way.host()), now);
    }

    /** Who asks, and how: X-Forwarded-*. */
    @Benchmark
    public Forwarding forwarding(CpuTime time) {
        time.operations++;
        return forward(fields);
    }

    /** The cookie is there. */
    @Benchmark
    public Decision decide(CpuTime time) {
        time.operations++;
        return decideOn(fields, forwarding);
    }

    /** The cookie is not there. */
    @Benchmark
    public Decision refuse(CpuTime time) {
        time.operations++;
        return decideOn(strange, forwarding);
    }

    /** What the upstream gets. */
    @Benchmark
    public void requestFields(Blackhole sink, CpuTime time) {
        time.operations++;
        rules.upstreamRequest(fields, forwarding, true).forEach((name, value) -> sink.consume(value));
    }

    /** What the client gets. */
    @Benchmark
    public void responseFields(Blackhole sink, CpuTime time) {
        time.operations++;
        rules.clientResponse(answer, CacheScope.PRIVATE).forEach((name, value) -> sink.consume(value));
    }

    /** All that the gate adds to a request that it passes on. */
    @Benchmark
    public void whole(Blackhole sink, CpuTime time) {
        time.operations++;
        Forwarding way = forward(fields);
        sink.consume(decideOn(fields, way));
        rules.upstreamRequest(fields, way, true).forEach((name, value) -> sink.consume(value));
        rules.clientResponse(answer, CacheScope.PRIVATE).forEach((name, value) -> sink.consume(value));
    }
}
