package io.pingate.servlet.doctor;

import io.pingate.GateRequest;
import io.pingate.http.HeaderFields;
import io.pingate.http.IpAddress;
import io.pingate.proxy.forwarded.Forwarding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A request as it arrived, after whatever stands before the gate.
 *
 * @param request what the policy looks at
 * @param peer the other end of the connection
 * @param forwarding how the client reached the gate, as the gate judges it
 * @param protocol the version of HTTP that the peer speaks
 * @param ownPage whether a sign-in form that came so would be taken for one of the gate's own page
 */
public record Arrival(GateRequest request, IpAddress peer, Forwarding forwarding, String protocol, boolean ownPage) {
    /** {@return what is told of it; nothing in it is a secret to the client, who sent it} */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        HeaderFields fields = request.headers();
        facts.put("pingate", "doctor");
        facts.put("scheme", forwarding.scheme());
        facts.put("host", forwarding.host());
        facts.put("client", forwarding.client().toString());
        facts.put("peer", peer.toString());
        facts.put("ownPage", ownPage);
        facts.put("forwardedFor", entries(fields.all("X-Forwarded-For")));
        facts.put("forwardedForCounts", !forwarding.forwardedFor().equals(peer.toString()));
        facts.put("forwardedProto", last(fields.all("X-Forwarded-Proto")));
        facts.put("upgrade", Objects.requireNonNullElse(fields.first("Upgrade"), ""));
        facts.put("protocol", protocol);
        return facts;
    }

    private static int entries(List<String> lines) {
        return lines.isEmpty() ? 0 : String.join(",", lines).split(",", -1).length;
    }

    private static String last(List<String> lines) {
        String list = String.join(",", lines);
        return list.substring(list.lastIndexOf(',') + 1).strip();
    }
}
