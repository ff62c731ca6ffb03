package io.pingate.servlet.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.pingate.servlet.event.GateEvent;
import io.pingate.servlet.event.GateListener;
import io.pingate.servlet.event.Outcome;
import io.pingate.servlet.event.Stay;
import io.pingate.servlet.event.UpstreamFailure;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what happens at a gate, in a registry of Micrometer's:
 *
 * <ul>
 *   <li>{@code pingate.requests}, by {@code outcome}: see {@link Outcome};
 *   <li>{@code pingate.events}, by {@code event}: sign-ins, wrong PINs and what else the audit log tells;
 *   <li>{@code pingate.upstream.response}, by {@code status} ({@code 1xx} to {@code 5xx}, {@code other}): the time until the head
 *       of a response is here, a histogram;
 *   <li>{@code pingate.upstream.failures}, by {@code reason}: see {@link UpstreamFailure};
 *   <li>{@code pingate.open}, by {@code kind}: requests whose response isn't over, and WebSockets;
 *   <li>{@code pingate.bytes}, by {@code direction} ({@code received} from clients, {@code sent} to them): of bodies and WebSockets;
 *   <li>{@code pingate.build}, always 1, with the gate's {@code version}.
 * </ul>
 *
 * <p>All are there from the start, at zero. No label holds anything that a client chooses. Nothing is looked up or allocated for
 * a request. What is open is right when it listens from the first request on.
 */
public final class GateMetrics implements GateListener {
    private final Meters<Outcome, Counter> requests;
    private final Meters<GateEvent.Kind, Counter> events;
    private final Meters<UpstreamFailure, Counter> failures;
    private final Meters<Stay, AtomicInteger> open;
    private final ResponseTimes responses;
    private final Counter received;
    private final Counter sent;

    /**
     * Puts a gate's figures into a registry.
     *
     * @param registry where to
     */
    public GateMetrics(MeterRegistry registry) {
        this(registry, List.of());
    }

    /**
     * Puts the figures of one of several gates into a registry. What is open is counted for each gate apart, so gates that share a
     * registry need tags that differ.
     *
     * @param registry where to
     * @param tags what all figures of this gate have, its name for one
     */
    public GateMetrics(MeterRegistry registry, Iterable<Tag> tags) {
        Tags common = Tags.of(tags);
        requests = new Meters<>(Outcome.class, outcome -> Counter.builder("pingate.requests")
                .description("Requests by what becomes of them at the gate")
                .baseUnit("requests")
                .tags(common.and("outcome", outcome.label()))
                .register(registry));
        events = new Meters<>(GateEvent.Kind.class, kind -> Counter.builder("pingate.events")
                .description("Sign-ins, wrong PINs, refusals and the like")
                .baseUnit("events")
                .tags(common.and("event", kind.label()))
                .register(registry));
        failures = new Meters<>(UpstreamFailure.class, failure -> Counter.builder("pingate.upstream.failures")
                .description("Requests that the program behind the gate has not answered, or not to the end")
                .baseUnit("failures")
                .tags(common.and("reason", failure.label()))
                .register(registry));
        open = new Meters<>(Stay.class, stay -> gauge(registry, common.and("kind", stay.label())));
        responses = new ResponseTimes(status -> Timer.builder("pingate.upstream.response")
                .description("The time until the head of an upstream's response is here")
                .serviceLevelObjectives(ResponseTimes.BUCKETS)
                .tags(common.and("status", status))
                .register(registry));
        received = bytes(registry, common.and("direction", "received"));
        sent = bytes(registry, common.and("direction", "sent"));
        Gauge.builder("pingate.build", () -> 1)
                .description("The version of the gate")
                .tags(common.and("version", version()))
                .register(registry);
    }

    private static AtomicInteger gauge(MeterRegistry registry, Tags tags) {
        AtomicInteger open = new AtomicInteger();
        Gauge.builder("pingate.open", open, AtomicInteger::get)
                .description("Requests whose response is not over, and WebSockets")
                .tags(tags)
                .register(registry);
        return open;
    }

    private static Counter bytes(MeterRegistry registry, Tags tags) {
        return Counter.builder("pingate.bytes")
                .description("Bytes of bodies and WebSockets, received from clients or sent to them")
                .baseUnit("bytes")
                .tags(tags)
                .register(registry);
    }

    /** Only a packaged gate has one. */
    private static String version() {
        String version = GateMetrics.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    @Override
    public void noted(GateEvent event) {
        events.of(event.kind()).increment();
    }

    @Override
    public void judged(Outcome outcome) {
        requests.of(outcome).increment();
    }

    @Override
    public void upstreamAnswered(int status, long nanos) {
        responses.of(status).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void upstreamFailed(UpstreamFailure failure) {
        failures.of(failure).increment();
    }

    @Override
    public void opened(Stay stay) {
        open.of(stay).incrementAndGet();
    }

    @Override
    public void closed(Stay stay) {
        open.of(stay).decrementAndGet();
    }

    @Override
    public void received(long bytes) {
        received.increment((double) bytes);
    }

    @Override
    public void sent(long bytes) {
        sent.increment((double) bytes);
    }
}
