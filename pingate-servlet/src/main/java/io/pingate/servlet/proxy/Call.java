package io.pingate.servlet.proxy;

import io.pingate.HeaderFields;
import io.pingate.proxy.Route;
import io.pingate.servlet.Admission;
import java.util.function.BiConsumer;

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
    String upstreamTarget() {
        return route.upstreamTarget(admission.target());
    }

    /** What the upstream's fields become for the client. */
    void answer(HeaderFields upstream, BiConsumer<String, String> client) {
        route.answer(admission.forwarding(), upstream, client);
        answerFields.forEach(client);
    }
}
