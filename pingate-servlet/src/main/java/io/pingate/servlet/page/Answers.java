package io.pingate.servlet.page;

import io.pingate.Decision;
import io.pingate.proxy.ErrorShape;

/**
 * Makes answers of what the gate decided, in all cases but the two in which the request goes on or its form is read.
 *
 * @param pages what is answered
 * @param contextPath the webapp's, empty at the root
 */
public record Answers(GatePages pages, String contextPath) {
    /**
     * Makes an answer.
     *
     * @param decision what the gate decided
     * @param audience who reads the answer
     * @param shape how errors look on the route which the request is for
     * @return the answer
     */
    public Answer of(Decision decision, Audience audience, ErrorShape shape) {
        if (decision instanceof Decision.SignIn signIn) {
            return Answer.seeOther(signIn.location());
        } else if (decision instanceof Decision.Unauthorized unauthorized) {
            return pages.unauthorized(audience, home(unauthorized.next()), shape);
        } else if (decision instanceof Decision.ShowForm form) {
            return pages.form(audience, home(form.next()));
        } else if (decision instanceof Decision.SignedIn signedIn) {
            return pages.signedIn(home(signedIn.next()));
        } else if (decision instanceof Decision.Unlock unlock) {
            return Answer.seeOther(home(unlock.location())).with("Set-Cookie", unlock.setCookie());
        } else if (decision instanceof Decision.WrongPin wrong) {
            return pages.wrongPin(audience, home(wrong.next()));
        } else if (decision instanceof Decision.Throttled throttled) {
            return pages.throttled(audience, home(throttled.next()), throttled.retryAfter());
        } else if (decision instanceof Decision.SignOut signOut) {
            // Lest the Back button show what is private. Not the cookies: those of the tool are none of our business.
            return Answer.seeOther(signOut.location())
                    .with("Set-Cookie", signOut.setCookie())
                    .with("Clear-Site-Data", "\"cache\"");
        } else if (decision instanceof Decision.Healthy) {
            return GatePages.healthy();
        } else if (decision instanceof Decision.ForeignForm foreign) {
            return GatePages.error(audience, 403, foreign.reason());
        } else if (decision instanceof Decision.Refuse refuse) {
            Answer answer = GatePages.error(audience, refuse.status(), refuse.reason(), shape);
            return refuse.allow() == null ? answer : answer.with("Allow", refuse.allow());
        }
        throw new IllegalStateException("no answer to " + decision);
    }

    /** Who names no way back means the webapp, which may share its host with others. */
    private String home(String next) {
        return next.equals("/") ? contextPath + "/" : next;
    }
}
