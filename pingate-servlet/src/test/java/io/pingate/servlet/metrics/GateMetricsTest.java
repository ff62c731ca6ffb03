package io.pingate.servlet.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pingate.http.IpAddress;
import io.pingate.servlet.event.GateEvent;
import io.pingate.servlet.event.Outcome;
import io.pingate.servlet.event.Stay;
import io.pingate.servlet.event.UpstreamFailure;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final GateMetrics metrics = new GateMetrics(registry);

    @Test
    void every_figure_is_there_before_anything_has_happened() {
        Map<String, Integer> figures = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            figures.merge(meter.getId().getName(), 1, Integer::sum);
        }
        assertEquals(
                Map.of(
                        "pingate.requests",
                        Outcome.values().length,
                        "pingate.events",
                        GateEvent.Kind.values().length,
                        "pingate.upstream.response",
                        6,
                        "pingate.upstream.response.histogram",
                        6 * ResponseTimes.BUCKETS.length,
                        "pingate.upstream.failures",
                        UpstreamFailure.values().length,
                        "pingate.open",
                        Stay.values().length,
                        "pingate.bytes",
                        2,
                        "pingate.build",
                        1),
                figures);
    }

    @Test
    void requests_and_events_are_told_apart_by_what_they_were() {
        metrics.judged(Outcome.SIGN_IN);
        metrics.judged(Outcome.SIGN_IN);
        metrics.judged(Outcome.SESSION);
        metrics.noted(event(GateEvent.Kind.WRONG_PIN));

        assertEquals(2, count("pingate.requests", "outcome", "sign-in"));
        assertEquals(1, count("pingate.requests", "outcome", "session"));
        assertEquals(0, count("pingate.requests", "outcome", "token"));
        assertEquals(1, count("pingate.events", "event", "wrong-pin"));
        assertEquals(0, count("pingate.events", "event", "sign-in"));
    }

    @Test
    void no_label_holds_what_a_client_chose() {
        metrics.noted(event(GateEvent.Kind.TOKEN_REFUSED));

        for (Meter meter : registry.getMeters()) {
            String id = meter.getId().toString();
            assertTrue(!id.contains("stranger") && !id.contains("203.0.113.7"), id);
        }
    }

    @ParameterizedTest
    @CsvSource({"101, 1xx", "200, 2xx", "304, 3xx", "404, 4xx", "599, 5xx", "600, other", "999, other", "42, other"})
    void response_is_timed_under_the_class_of_its_status(int status, String expected) {
        metrics.upstreamAnswered(status, TimeUnit.MILLISECONDS.toNanos(30));

        assertEquals(
                30,
                registry.get("pingate.upstream.response")
                        .tag("status", expected)
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS));
    }

    @Test
    void failures_and_bytes_are_counted() {
        metrics.upstreamFailed(UpstreamFailure.TIMEOUT);
        metrics.received(7);
        metrics.sent(100);
        metrics.sent(200);

        assertEquals(1, count("pingate.upstream.failures", "reason", "timeout"));
        assertEquals(0, count("pingate.upstream.failures", "reason", "broken"));
        assertEquals(7, count("pingate.bytes", "direction", "received"));
        assertEquals(300, count("pingate.bytes", "direction", "sent"));
    }

    @Test
    void what_is_open_goes_up_and_down_for_each_gate_apart() {
        GateMetrics other = new GateMetrics(registry, Tags.of("gate", "other"));
        metrics.opened(Stay.EXCHANGE);
        metrics.opened(Stay.EXCHANGE);
        metrics.opened(Stay.WEBSOCKET);
        metrics.closed(Stay.EXCHANGE);
        other.opened(Stay.WEBSOCKET);
        other.closed(Stay.WEBSOCKET);

        assertEquals(1, open(registry.get("pingate.open").tag("kind", "exchange")));
        assertEquals(1, open(registry.get("pingate.open").tag("kind", "websocket")));
        assertEquals(0, open(registry.get("pingate.open").tag("gate", "other")));
    }

    private static double open(RequiredSearch gauges) {
        return gauges.gauges().stream().mapToDouble(Gauge::value).sum();
    }

    private double count(String name, String label, String value) {
        return registry.get(name).tag(label, value).counter().count();
    }

    private static GateEvent event(GateEvent.Kind kind) {
        IpAddress client = IpAddress.parse("203.0.113.7").orElseThrow();
        GateEvent.Sender from = new GateEvent.Sender(client, "GET", "/stranger", "stranger's browser");
        return new GateEvent(kind, Instant.EPOCH, from, "a stranger's reason");
    }
}
