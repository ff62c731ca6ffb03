package io.pingate.standalone.doctor;

import java.io.IOException;
import java.util.List;

/** Whether a WebSocket's handshake arrives as one. */
record SocketCheck(Probe probe) implements Check {
    private static final String REMEDY = "nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade;"
            + " proxy_set_header Connection \"upgrade\"; Apache: upgrade=websocket; Varnish: return (pipe) for"
            + " requests with Upgrade, and copy it in vcl_pipe; Cloudflare: switch WebSockets on";

    @Override
    public String subject() {
        return "WebSocket";
    }

    @Override
    public List<Finding> look() throws IOException {
        Response response = probe.ask(
                "GET",
                "",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                "Origin: " + probe.place().origin());
        boolean arrived = Probe.facts(response).getOrDefault("upgrade", "").equalsIgnoreCase("websocket");
        if (arrived || response.status() == 101) {
            return List.of(Finding.ok("a handshake arrives as one"));
        }
        return List.of(Finding.fail(
                Probe.isOurs(response)
                        ? "the front drops Upgrade, so that no WebSocket can be opened"
                        : "the front answers " + response.status() + " to a WebSocket's handshake",
                REMEDY));
    }
}
