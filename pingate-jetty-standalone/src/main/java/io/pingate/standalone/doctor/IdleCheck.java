package io.pingate.standalone.doctor;

import java.io.IOException;
import java.util.List;

/** Whether the front keeps a stream open that is silent for so many seconds. */
record IdleCheck(Probe probe, int seconds) implements Check {
    private static final int PATIENCE_MILLIS = 15_000;

    @Override
    public String subject() {
        return "idle stream";
    }

    @Override
    public List<Finding> look() {
        if (seconds == 0) {
            return List.of(Finding.skipped("takes as long as it measures; --idle 120 looks for two minutes"));
        }
        long begun = System.nanoTime();
        try {
            String query = "?pieces=2&gap=" + seconds * 1000L;
            Response response = probe.ask("GET", query, -1, seconds * 1000 + PATIENCE_MILLIS);
            if (response.events().size() == 2) {
                return List.of(Finding.ok("a stream lives through " + seconds + " s of silence"));
            }
        } catch (IOException cut) {
            // That is what was asked.
        }
        long after = (System.nanoTime() - begun) / 1_000_000_000;
        return List.of(Finding.warn(
                "the front cuts a silent stream after " + after + " s",
                "nginx: proxy_read_timeout 1h; HAProxy: timeout server 1h and timeout tunnel 1h; Varnish:"
                        + " between_bytes_timeout; or let the tool send something now and then"));
    }
}
