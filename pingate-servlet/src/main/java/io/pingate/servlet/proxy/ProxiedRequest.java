package io.pingate.servlet.proxy;

import io.pingate.http.HeaderFields;
import io.pingate.proxy.Route;
import io.pingate.proxy.headers.CacheScope;
import io.pingate.proxy.headers.ClearSiteData;
import io.pingate.servlet.Admission;
import io.pingate.servlet.page.Answer;
import io.pingate.servlet.page.Audience;
import io.pingate.servlet.page.ErrorPages;
import io.pingate.servlet.proxy.intercept.ExchangeInterceptor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that is on its way to the upstream.
 *
 * @param admission what the gate found out
 * @param route where it goes, and by which rules
 * @param answerFields fields that the route adds to the answer, whoever writes it
 * @param handshake whether it opens a WebSocket
 * @param errors what the gate answers in the place of the upstream
 * @param interceptor may change the request and its response
 */
record ProxiedRequest(
        Admission admission,
        Route route,
        HeaderFields answerFields,
        boolean handshake,
        ErrorPages errors,
        ExchangeInterceptor interceptor) {
    private static final Logger LOG = LoggerFactory.getLogger(ProxiedRequest.class);
    private static final HeaderFields CLOSE = HeaderFields.of("Connection", "close");
    private static final AtomicBoolean TOLD_OF_COOKIES = new AtomicBoolean();

    String method() {
        return admission.method();
    }

    String upstreamTarget() {
        return route.upstreamTarget(admission.target());
    }

    /** What the client's fields become, or those in their place. */
    HeaderFields upstreamRequest(HeaderFields clientRequest) {
        return route.headers().upstreamRequest(clientRequest, admission.forwarding(), admission.signedIn());
    }

    /** What the fields of the upstream's final response become for the client. */
    HeaderFields clientResponse(HeaderFields upstreamResponse) {
        return clientResponse(upstreamResponse, admission.cacheScope()).and(finalFields());
    }

    /** What those of another response become, a 1xx, which no cache keeps. */
    HeaderFields interimResponse(HeaderFields upstreamResponse) {
        return clientResponse(upstreamResponse, CacheScope.AS_SAID).and(answerFields);
    }

    /** What goes with every final response but the 101, whoever writes it. */
    HeaderFields finalFields() {
        // What the client has sent for its WebSocket is not to be read as its next request.
        return handshake ? answerFields.and(CLOSE) : answerFields;
    }

    /** What the gate answers in the place of the upstream. */
    Answer error(int status, String message) {
        Audience audience = Audience.of(
                method(),
                admission.headers(),
                admission.target().path(),
                admission.forwarding().host());
        return errors.answer(audience, status, message, route.errors()).with(finalFields());
    }

    private HeaderFields clientResponse(HeaderFields upstreamResponse, CacheScope scope) {
        if (ClearSiteData.wouldClearCookies(upstreamResponse) && !TOLD_OF_COOKIES.getAndSet(true)) {
            LOG.info(
                    "{} asks browsers to clear all cookies of this site; the gate's stays, and so do the others",
                    route.upstream());
        }
        return route.clientResponse(admission.forwarding(), upstreamResponse, scope);
    }
}
