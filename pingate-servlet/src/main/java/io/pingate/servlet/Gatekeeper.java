package io.pingate.servlet;

import io.pingate.Decision;
import io.pingate.PinGate;
import io.pingate.PinGatePaths;
import io.pingate.http.HeaderFields;
import io.pingate.proxy.ErrorShape;
import io.pingate.proxy.Route;
import io.pingate.servlet.audit.AuditLog;
import io.pingate.servlet.doctor.Arrival;
import io.pingate.servlet.doctor.ProbeAnswer;
import io.pingate.servlet.event.GateEvents;
import io.pingate.servlet.event.Outcome;
import io.pingate.servlet.head.HeadTooLargeException;
import io.pingate.servlet.head.RequestHead;
import io.pingate.servlet.page.Answer;
import io.pingate.servlet.page.Answers;
import io.pingate.servlet.page.Audience;
import io.pingate.servlet.page.ErrorPages;
import io.pingate.servlet.page.ForeignFormLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Says what becomes of a request, whichever door it comes through. Nothing here knows a server, waits or writes.
 */
public final class Gatekeeper implements AutoCloseable {
    /** How long a sign-in form may take to arrive: a few hundred bytes, over the worst of mobile networks. */
    public static final Duration FORM_TIMEOUT = Duration.ofSeconds(30);

    private final Clock clock = Clock.systemUTC();
    private final PinGateSettings settings;
    private final CurrentGate gate;
    private final GateEvents events;
    private final Optional<AuditLog> audit;
    private final Admission.Refusals refusals;
    private final ForeignFormLog foreignForms =
            new ForeignFormLog(System::nanoTime, LoggerFactory.getLogger(PinGateFilter.class)::warn);

    /**
     * Begins to keep a gate.
     *
     * @param settings what it goes by
     * @param contextPath where the webapp behind it lies, empty at the root
     */
    public Gatekeeper(PinGateSettings settings, String contextPath) {
        this.settings = settings;
        this.events = new GateEvents(settings.listeners(), PinGatePaths.under(contextPath + settings.gatePath()));
        // First: a gate that can't open leaves nothing open.
        this.gate = new CurrentGate(settings, contextPath, clock, () -> events.signedOutAll(clock.instant()));
        this.audit = settings.audit().open(settings.logWriter(), clock);
        this.refusals = (refusal, request) -> events.note(refusal, request, clock.instant());
        audit.ifPresent(settings.listeners()::add);
    }

    /** What becomes of a request. */
    public sealed interface Verdict {
        /**
         * It goes on.
         *
         * @param admission what was found out about it
         * @param setCookie the value of a Set-Cookie field that its answer is to have, which prolongs the session
         */
        record Admitted(Admission admission, @Nullable String setCookie) implements Verdict {}

        /**
         * The gate answers it.
         *
         * @param answer the answer
         * @param last whether the connection ends with it, since whoever can't be understood here may mean something else
         *     by what follows, too; the answer says so
         */
        record Answered(Answer answer, boolean last) implements Verdict {}

        /**
         * The gate answers it, but not at once.
         *
         * @param answer the answer, which comes soon and never is a failure
         */
        record AnsweredLater(CompletableFuture<Answer> answer) implements Verdict {}

        /**
         * Its body is a sign-in form, of {@link PinGate#MAX_FORM_BYTES} at most, which is to be read.
         *
         * @param request to be given back with the form
         */
        record FormExpected(GuardedRequest request) implements Verdict {}

        /**
         * It comes from {@code pingate doctor}.
         *
         * @param answer answers it, and may take its time
         */
        record Probed(ProbeAnswer answer) implements Verdict {}
    }

    /**
     * Judges a request.
     *
     * @param reader reads its head; throws as {@link RequestHead#of} does
     * @param audience who reads an answer when the head can't be read
     * @return what becomes of it
     */
    public Verdict judge(Supplier<RequestHead> reader, Supplier<Audience> audience) {
        CurrentGate.Version now = gate.now();
        GuardedRequest request;
        try {
            request = GuardedRequest.of(reader.get(), now.terms().forwarded());
        } catch (IllegalArgumentException e) {
            events.judged(Outcome.UNREADABLE);
            int status = e instanceof HeadTooLargeException ? 431 : 400;
            Answer answer =
                    now.errors().answer(audience.get(), status, "This request can't be read: " + e.getMessage());
            return new Verdict.Answered(answer.with("Connection", "close"), true);
        }
        return judge(request, now);
    }

    private Verdict judge(GuardedRequest client, CurrentGate.Version now) {
        Instant moment = clock.instant();
        if (now.policy().isQuestion(client.gate())) {
            events.judged(Outcome.QUESTION);
            return new Verdict.Answered(vouch(client, now, moment), false);
        }
        if (now.policy().isProbe(client.gate(), moment)) {
            events.judged(Outcome.PAGE);
            return probed(client, now.policy());
        }
        HeaderFields fields = client.gate().headers();
        Route route = now.terms().routes().of(client.gate().target());
        Optional<HeaderFields> unasked = route.unaskedAnswer(client.gate().method(), fields);
        if (unasked.isPresent()) {
            events.judged(Outcome.PUBLIC);
            return new Verdict.Answered(Answer.noContent(unasked.get()), false);
        }
        Decision decision = now.policy().decide(client.gate(), moment);
        events.judged(decision, client.gate(), moment);
        if (decision instanceof Decision.Admit admit) {
            return admitted(client, admit, now);
        }
        if (decision instanceof Decision.Healthy healthy && healthy.upstream()) {
            return new Verdict.AnsweredLater(settings.readiness().now().thenApply(Answers::readiness));
        }
        if (decision instanceof Decision.TryPin) {
            return new Verdict.FormExpected(client);
        }
        Answer answer = answer(decision, client, route.errors(), now).with(route.answerFields(fields));
        return new Verdict.Answered(answer, false);
    }

    private static Verdict probed(GuardedRequest client, PinGate policy) {
        return new Verdict.Probed(new ProbeAnswer(new Arrival(
                client.gate(),
                client.peer(),
                client.forwarding(),
                client.protocol(),
                policy.isFromOwnPage(client.gate()))));
    }

    private Verdict admitted(GuardedRequest client, Decision.Admit admit, CurrentGate.Version now) {
        Admission admission = new Admission(
                client.gate().method(),
                client.protocol(),
                client.gate().target(),
                client.gate().headers(),
                client.forwarding(),
                admit.signedIn(),
                admit.token() == null ? null : admit.token().id(),
                admit.setCookie() != null,
                now.mark(),
                now.terms(),
                end(admit, now.terms()),
                refusals);
        return new Verdict.Admitted(admission, admit.setCookie());
    }

    private Answer vouch(GuardedRequest client, CurrentGate.Version now, Instant moment) {
        try {
            return now.forwardAuth().answer(client, now.policy(), now.answers(), events, moment);
        } catch (IllegalArgumentException e) {
            String message = "What is asked about can't be read: " + e.getMessage();
            return now.errors().answer(Audience.of(client.gate()), 400, message);
        }
    }

    private Admission.@Nullable End end(Decision.Admit admit, GateTerms terms) {
        Instant end = terms.streamEnds().of(admit);
        return end == null ? null : new Admission.End(end, clock);
    }

    /**
     * Tries the PIN in a sign-in form, on a thread of its own.
     *
     * @param client the request that came with the form
     * @param form the form, one char per byte; one byte more than permitted tells that it is too long
     * @return the answer, once the PIN was tried
     */
    public CompletableFuture<Answer> tryPin(GuardedRequest client, String form) {
        CurrentGate.Version now = gate.now();
        return PlatformThread.supply("pingate-pin", () -> {
            Instant moment = clock.instant();
            Decision judged = now.policy().tryPin(client.gate(), form, moment);
            events.note(judged, client.gate(), moment);
            return answer(judged, client, ErrorShape.PLAIN, now);
        });
    }

    private Answer answer(Decision decision, GuardedRequest client, ErrorShape shape, CurrentGate.Version now) {
        foreignForms.note(decision);
        return now.answers().of(decision, Audience.of(client.gate()), shape);
    }

    /** {@return the gate's error pages of the moment} */
    public ErrorPages errors() {
        return gate.now().errors();
    }

    @Override
    public void close() {
        gate.close();
        audit.ifPresent(log -> {
            settings.listeners().remove(log);
            log.close();
        });
    }
}
