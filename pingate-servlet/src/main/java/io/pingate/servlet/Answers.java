package io.pingate.servlet;

import io.pingate.Decision;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Writes what the gate decided, in all cases but the one in which the request goes on.
 *
 * @param pages what to write
 * @param contextPath the webapp's, empty at the root
 */
record Answers(GatePages pages, String contextPath) {
    void write(Decision decision, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (hasUnreadBody(request)) {
            // This connection can take no further request (RFC 9112 section 9.3): told to the client, lest it send one
            // and lose it.
            response.setHeader("Connection", "close");
        }
        if (decision instanceof Decision.SignIn signIn) {
            pages.seeOther(response, signIn.location());
        } else if (decision instanceof Decision.Unauthorized unauthorized) {
            pages.unauthorized(request, response, home(unauthorized.next()));
        } else if (decision instanceof Decision.ShowForm form) {
            pages.form(request, response, home(form.next()));
        } else if (decision instanceof Decision.SignedIn signedIn) {
            pages.signedIn(response, home(signedIn.next()));
        } else if (decision instanceof Decision.Unlock unlock) {
            response.addHeader("Set-Cookie", unlock.setCookie());
            pages.seeOther(response, home(unlock.location()));
        } else if (decision instanceof Decision.WrongPin wrong) {
            pages.wrongPin(request, response, home(wrong.next()));
        } else if (decision instanceof Decision.Throttled throttled) {
            pages.throttled(request, response, home(throttled.next()), throttled.retryAfter());
        } else if (decision instanceof Decision.SignOut signOut) {
            response.addHeader("Set-Cookie", signOut.setCookie());
            // Lest the Back button show what is private. Not the cookies: those of the tool are none of our business.
            response.setHeader("Clear-Site-Data", "\"cache\"");
            pages.seeOther(response, signOut.location());
        } else if (decision instanceof Decision.Healthy) {
            pages.healthy(response);
        } else if (decision instanceof Decision.Refuse refuse) {
            refuse(refuse, request, response);
        } else {
            throw new IllegalStateException("no answer to " + decision);
        }
    }

    private static void refuse(Decision.Refuse refuse, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (refuse.allow() != null) {
            response.setHeader("Allow", refuse.allow());
        }
        GatePages.error(request, response, refuse.status(), refuse.reason());
    }

    private static boolean hasUnreadBody(HttpServletRequest request) throws IOException {
        boolean hasBody = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        // To ask for the stream of a body that the client still holds back makes some containers call for it.
        return hasBody
                && (request.getHeader("Expect") != null
                        || !request.getInputStream().isFinished());
    }

    /** Who names no way back means the webapp, which may share its host with others. */
    private String home(String next) {
        return next.equals("/") ? contextPath + "/" : next;
    }
}
