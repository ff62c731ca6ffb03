package io.pingate.servlet.proxy;

import io.pingate.http.HeaderFields;
import io.pingate.proxy.CacheScope;
import io.pingate.proxy.ClearSiteData;
import io.pingate.proxy.Route;
import io.pingate.servlet.Admission;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that is on its way to the upstream.
 *
 * @param method the method, letter for letter
 * @param admission what the filter found out
 * @param route where it goes, and by which rules
 * @param answerFields fields that the route adds to the answer, whoever writes it
 * @param handshake whether it opens a WebSocket
 */
record Call(String method, Admission admission, Route route, HeaderFields answerFields, boolean handshake) {
    private static final Logger LOG = LoggerFactory.getLogger(Call.class);
    private static final AtomicBoolean TOLD_OF_COOKIES = new AtomicBoolean();

    String upstreamTarget() {
        return route.upstreamTarget(admission.target());
    }

    /** What the fields of the upstream's final answer become for the client. */
    void answer(HeaderFields upstream, BiConsumer<String, String> client) {
        answer(upstream, admission.cacheScope(), client);
    }

    /** What those of another answer become, a 1xx, which no cache keeps. */
    void interim(HeaderFields upstream, BiConsumer<String, String> client) {
        answer(upstream, CacheScope.AS_SAID, client);
    }

    private void answer(HeaderFields upstream, CacheScope scope, BiConsumer<String, String> client) {
        route.answer(admission.forwarding(), upstream, scope, client);
        answerFields.forEach(client);
        if (ClearSiteData.wouldClearCookies(upstream) && !TOLD_OF_COOKIES.getAndSet(true)) {
            LOG.info(
                    "{} asks browsers to clear all cookies of this site; the gate's stays, and so do the others",
                    route.upstream());
        }
    }
}
