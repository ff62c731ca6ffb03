package io.pingate.servlet.page;

import io.pingate.Decision;
import io.pingate.proxy.ErrorShape;

/**
 * Makes answers of what the gate decided.
 *
 * @param pages what is answered
 * @param contextPath the webapp's, empty at the root
 */
public record Answers(GatePages pages, String contextPath) {
    /**
     * Makes an answer, in all cases but the two in which the request goes on or its form is read.
     *
     * @param decision what the gate decided
     * @param audience who reads the answer
     * @param shape how errors look on the route which the request is for
     * @return the answer
     */
    public Answer of(Decision decision, Audience audience, ErrorShape shape) {
        return decision.match(new To(audience, shape));
    }

    /**
     * What monitors are told who ask about the upstream, too.
     *
     * @param ready whether it can be used
     * @return the answer
     */
    public static Answer readiness(boolean ready) {
        return ready ? GatePages.READY : GatePages.NOT_READY;
    }

    private final class To implements Decision.Cases<Answer> {
        private final Audience audience;
        private final ErrorShape shape;

        To(Audience audience, ErrorShape shape) {
            this.audience = audience;
            this.shape = shape;
        }

        @Override
        public Answer admit(Decision.Admit admit) {
            throw new IllegalStateException("a request that goes on is answered elsewhere");
        }

        @Override
        public Answer tryPin(Decision.TryPin tryPin) {
            throw new IllegalStateException("a form is to be read first");
        }

        @Override
        public Answer signIn(Decision.SignIn signIn) {
            return Answer.seeOther(signIn.location());
        }

        @Override
        public Answer unauthorized(Decision.Unauthorized unauthorized) {
            Answer answer = pages.unauthorized(audience, home(unauthorized.next()), unauthorized.reason(), shape);
            return unauthorized.asksForPassword() ? answer.askingForPassword() : answer;
        }

        @Override
        public Answer showForm(Decision.ShowForm form) {
            return pages.form(audience, home(form.next()), form.signedOut());
        }

        @Override
        public Answer signedIn(Decision.SignedIn signedIn) {
            return pages.signedIn(audience, home(signedIn.next()), signedIn.expiresAt());
        }

        @Override
        public Answer showLink(Decision.ShowLink link) {
            return pages.link(audience, link.link());
        }

        @Override
        public Answer linkRefused(Decision.LinkRefused refused) {
            return pages.linkRefused(audience, refused.status(), refused.reason(), home("/"));
        }

        @Override
        public Answer unlock(Decision.Unlock unlock) {
            return Answer.seeOther(home(unlock.location())).with("Set-Cookie", unlock.setCookie());
        }

        @Override
        public Answer wrongPin(Decision.WrongPin wrong) {
            return pages.wrongPin(audience, home(wrong.next()), wrong.triesLeft());
        }

        @Override
        public Answer throttled(Decision.Throttled throttled) {
            return pages.throttled(audience, home(throttled.next()), throttled.retryAfter(), shape);
        }

        @Override
        public Answer signOut(Decision.SignOut signOut) {
            // Lest the Back button show what is private. Not the cookies: those of the tool are none of our business.
            Answer answer = Answer.seeOther(signOut.location()).with("Clear-Site-Data", "\"cache\"");
            for (String setCookie : signOut.setCookies()) {
                answer = answer.with("Set-Cookie", setCookie);
            }
            return answer;
        }

        @Override
        public Answer healthy(Decision.Healthy healthy) {
            return GatePages.HEALTHY;
        }

        @Override
        public Answer refuse(Decision.Refuse refuse) {
            Answer answer = pages.errors().answer(audience, refuse.status(), refuse.reason(), shape);
            return refuse.allow() == null ? answer : answer.with("Allow", refuse.allow());
        }

        @Override
        public Answer foreignForm(Decision.ForeignForm foreign) {
            return pages.errors().answer(audience, 403, foreign.reason());
        }
    }

    /** Who names no way back means the webapp, which may share its host with others. */
    private String home(String next) {
        return next.equals("/") ? contextPath + "/" : next;
    }
}
