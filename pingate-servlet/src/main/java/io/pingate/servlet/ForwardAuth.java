package io.pingate.servlet;

import io.pingate.Decision;
import io.pingate.GateRequest;
import io.pingate.HeldRequest;
import io.pingate.PinGate;
import io.pingate.http.HeaderFields;
import io.pingate.proxy.ErrorShape;
import io.pingate.proxy.forwarded.AskedRequest;
import io.pingate.servlet.config.ForwardAuthSettings;
import io.pingate.servlet.config.PublicUrl;
import io.pingate.servlet.event.GateEvents;
import io.pingate.servlet.page.Answer;
import io.pingate.servlet.page.Answers;
import io.pingate.servlet.page.Audience;
import java.time.Instant;

/**
 * Answers proxies that ask about a request which they hold: nginx's {@code auth_request}, Caddy's {@code forward_auth},
 * Traefik's ForwardAuth, HAProxy's auth-request. What they hold is judged by the same rules as what comes here by itself.
 *
 * @param settings what the answers go by
 */
record ForwardAuth(ForwardAuthSettings settings) {
    /**
     * Answers a question: 204 with the client's identity, or what the client is to get in the tool's place.
     *
     * @throws IllegalArgumentException naming the fields, and the rule that they break
     */
    Answer answer(GuardedRequest asking, PinGate policy, Answers answers, GateEvents events, Instant now) {
        AskedRequest asked = AskedRequest.of(
                asking.peer(),
                asking.gate().headers(),
                settings.trusted(),
                settings.targetField().orElse(null));
        HeldRequest held = held(asking.gate(), asked);
        Decision decision = policy.vouch(held, now);
        events.note(decision, held.request(), now);
        if (decision instanceof Decision.Admit admit) {
            return admitted(admit);
        }
        Audience audience = Audience.of(asking.gate());
        if (decision instanceof Decision.SignIn signIn) {
            return asked.follows()
                    ? answers.of(absolute(signIn, asking.gate()), audience, ErrorShape.PLAIN)
                    // nginx takes any other status for a fault of this server, and can be told to make a redirect of
                    // this.
                    : answers.of(new Decision.Unauthorized("/"), audience, ErrorShape.PLAIN)
                            .with("Location", signIn.location());
        }
        return answers.of(decision, audience, ErrorShape.PLAIN);
    }

    /** Traefik would complete a path by the address under which it knows the gate, which is no business of the client's. */
    private static Decision absolute(Decision.SignIn signIn, GateRequest question) {
        boolean isPath = signIn.location().startsWith("/") && !question.host().isEmpty();
        return isPath ? new Decision.SignIn(question.scheme() + "://" + question.host() + signIn.location()) : signIn;
    }

    private HeldRequest held(GateRequest question, AskedRequest asked) {
        GateRequest request = new GateRequest(
                asked.method(),
                asked.target(),
                question.headers(),
                question.client(),
                question.scheme(),
                question.host());
        return new HeldRequest(request, asked.certain(), gateAddress(question.host()));
    }

    /** Empty where the request's own host has the gate's pages. */
    private String gateAddress(String host) {
        return settings.gateAddress()
                .filter(address -> !PublicUrl.isOn(address, host))
                .orElse("");
    }

    /** With names but no values for a stranger on a public path: some proxies leave a client's field where none comes back. */
    private Answer admitted(Decision.Admit admit) {
        HeaderFields identity = admit.signedIn()
                ? settings.identity().fields()
                : settings.identity().blanks();
        Answer answer = Answer.noContent(identity).with("Cache-Control", "no-store");
        return admit.setCookie() == null ? answer : answer.with("Set-Cookie", admit.setCookie());
    }
}
