package io.pingate.servlet.event;

import io.pingate.Decision;
import io.pingate.GateRequest;
import io.pingate.PinGatePaths;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells listeners what the gate's decisions mean for its owner. */
public final class GateEvents {
    private final GateListeners listeners;
    private final PinGatePaths paths;

    /**
     * Prepares to tell.
     *
     * @param listeners hear it
     * @param paths where the gate's own pages live, with the webapp's context path
     */
    public GateEvents(GateListeners listeners, PinGatePaths paths) {
        this.listeners = listeners;
        this.paths = paths;
    }

    /**
     * Tells of a request that was judged as soon as its head was here.
     *
     * @param decision what was decided
     * @param request the request
     * @param now when
     */
    public void judged(Decision decision, GateRequest request, Instant now) {
        if (listeners.isEmpty()) {
            return;
        }
        listeners.judged(outcome(decision));
        note(decision, request, now);
    }

    /**
     * Tells of a request for which there is no decision.
     *
     * @param outcome what becomes of it
     */
    public void judged(Outcome outcome) {
        if (!listeners.isEmpty()) {
            listeners.judged(outcome);
        }
    }

    /**
     * Tells what a form has led to, or a request that a proxy holds or a route refuses; that it came was told before.
     *
     * @param decision what was decided
     * @param request the request
     * @param now when
     */
    public void note(Decision decision, GateRequest request, Instant now) {
        if (listeners.isEmpty() || (decision instanceof Decision.Admit admit && admit.token() == null)) {
            return;
        }
        decision.match(new Noted(request, paths.link(), now)).ifPresent(listeners::noted);
    }

    /**
     * Tells that everybody was signed out.
     *
     * @param now when
     */
    public void signedOutAll(Instant now) {
        listeners.noted(new GateEvent(GateEvent.Kind.SIGN_OUT_ALL, now, null, null));
    }

    private static Outcome outcome(Decision decision) {
        if (decision instanceof Decision.Admit admit) {
            if (!admit.signedIn()) {
                return Outcome.PUBLIC;
            }
            return admit.token() == null ? Outcome.SESSION : Outcome.TOKEN;
        }
        if (decision instanceof Decision.SignIn || decision instanceof Decision.Unauthorized) {
            return Outcome.SIGN_IN;
        }
        if (decision instanceof Decision.TryPin) {
            return Outcome.FORM;
        }
        return isRefusal(decision) ? Outcome.REFUSED : Outcome.PAGE;
    }

    private static boolean isRefusal(Decision decision) {
        return decision instanceof Decision.Refuse
                || decision instanceof Decision.ForeignForm
                || decision instanceof Decision.LinkRefused
                || decision instanceof Decision.Throttled;
    }

    /** The event that a decision is; empty for one that nobody has to know of. */
    private record Noted(GateRequest request, String linkPath, Instant now)
            implements Decision.Cases<Optional<GateEvent>> {
        @Override
        public Optional<GateEvent> admit(Decision.Admit admit) {
            return admit.token() == null
                    ? Optional.empty()
                    : event(GateEvent.Kind.TOKEN, admit.token().id());
        }

        @Override
        public Optional<GateEvent> signIn(Decision.SignIn signIn) {
            return Optional.empty();
        }

        @Override
        public Optional<GateEvent> unauthorized(Decision.Unauthorized unauthorized) {
            return unauthorized.reason() == null
                    ? Optional.empty()
                    : event(GateEvent.Kind.TOKEN_REFUSED, unauthorized.reason());
        }

        @Override
        public Optional<GateEvent> showForm(Decision.ShowForm showForm) {
            return Optional.empty();
        }

        @Override
        public Optional<GateEvent> signedIn(Decision.SignedIn signedIn) {
            return Optional.empty();
        }

        @Override
        public Optional<GateEvent> tryPin(Decision.TryPin tryPin) {
            return Optional.empty();
        }

        @Override
        public Optional<GateEvent> showLink(Decision.ShowLink showLink) {
            return Optional.empty();
        }

        @Override
        public Optional<GateEvent> linkRefused(Decision.LinkRefused linkRefused) {
            return event(GateEvent.Kind.LINK_REFUSED, linkRefused.reason());
        }

        @Override
        public Optional<GateEvent> unlock(Decision.Unlock unlock) {
            return event(isLink() ? GateEvent.Kind.LINK : GateEvent.Kind.SIGN_IN, null);
        }

        @Override
        public Optional<GateEvent> wrongPin(Decision.WrongPin wrongPin) {
            return event(GateEvent.Kind.WRONG_PIN, null);
        }

        @Override
        public Optional<GateEvent> throttled(Decision.Throttled throttled) {
            return event(GateEvent.Kind.THROTTLED, null);
        }

        @Override
        public Optional<GateEvent> signOut(Decision.SignOut signOut) {
            return event(GateEvent.Kind.SIGN_OUT, null);
        }

        @Override
        public Optional<GateEvent> healthy(Decision.Healthy healthy) {
            return Optional.empty();
        }

        @Override
        public Optional<GateEvent> refuse(Decision.Refuse refuse) {
            return event(GateEvent.Kind.REFUSED, refuse.reason());
        }

        @Override
        public Optional<GateEvent> foreignForm(Decision.ForeignForm foreignForm) {
            return event(GateEvent.Kind.REFUSED, foreignForm.reason());
        }

        private boolean isLink() {
            return request.target().path().startsWith(linkPath);
        }

        private Optional<GateEvent> event(GateEvent.Kind kind, @Nullable String detail) {
            GateEvent.Sender from = new GateEvent.Sender(
                    request.client(),
                    request.method(),
                    isLink() ? null : request.target().path(),
                    request.headers().first("User-Agent"));
            return Optional.of(new GateEvent(kind, now, from, detail));
        }
    }
}
