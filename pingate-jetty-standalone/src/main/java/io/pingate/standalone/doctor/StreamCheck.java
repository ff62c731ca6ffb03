package io.pingate.standalone.doctor;

import java.io.IOException;
import java.util.List;

/** Whether a stream's events come one by one, by one method. */
record StreamCheck(Probe probe, String method) implements Check {
    private static final int PIECES = 5;
    private static final int GAP_MILLIS = 200;

    /** Half of what lies between the first and the last event when nothing holds them up. */
    private static final long LEAST_MILLIS = (PIECES - 1) * GAP_MILLIS / 2;

    @Override
    public String subject() {
        return method + " stream";
    }

    @Override
    public List<Finding> look() throws IOException {
        String query = "?pieces=" + PIECES + "&gap=" + GAP_MILLIS;
        Response response = method.equals("GET") ? probe.ask("GET", query) : probe.ask("POST", query, 2, 15_000);
        if (response.status() != 200 || response.events().size() != PIECES) {
            return List.of(Finding.fail(
                    "an event stream does not come through: answered " + response.status() + " with "
                            + response.events().size() + " of " + PIECES + " events",
                    "let the front pass answers of the type text/event-stream on as they are"));
        }
        long spread = response.events().get(PIECES - 1) - response.events().get(0);
        return List.of(
                spread >= LEAST_MILLIS
                        ? Finding.ok("its events come one by one")
                        : Finding.fail(
                                "the front keeps the events back and brings all at once: chats seem to hang",
                                "nginx: proxy_buffering off; Caddy: flush_interval -1; Varnish: set beresp.do_stream ="
                                        + " true; Apache: flushpackets=on; no compression of text/event-stream"
                                        + " anywhere; Cloudflare's quick tunnels buffer GET: use a named one"));
    }
}
