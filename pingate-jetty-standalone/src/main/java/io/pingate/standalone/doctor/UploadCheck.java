package io.pingate.standalone.doctor;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;

/** How much the front lets through at once. */
record UploadCheck(Probe probe) implements Check {
    private static final long MIB = 1024 * 1024;
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final String REMEDY =
            "nginx: client_max_body_size 1g (its default is 1 MiB); Caddy: request_body max_size;"
                    + " Apache: LimitRequestBody; Cloudflare takes 100 MB at most";

    @Override
    public String subject() {
        return "upload size";
    }

    @Override
    public List<Finding> look() throws IOException {
        // One byte less than what nginx refuses unless it is told otherwise.
        String small = refusal(MIB - 1);
        if (!small.isEmpty()) {
            return List.of(Finding.fail("an upload of 1 MiB " + small, REMEDY));
        }
        String large = refusal(20 * MIB);
        return List.of(
                large.isEmpty()
                        ? Finding.ok("20 MiB come through")
                        : Finding.warn("an upload of 20 MiB " + large, REMEDY));
    }

    private String refusal(long bytes) {
        try {
            Response response = probe.ask("POST", "", bytes, TIMEOUT_MILLIS);
            if (response.status() == 413) {
                return "is refused by the front (413)";
            }
            return Probe.isOurs(response) ? "" : "is answered " + response.status();
        } catch (SocketTimeoutException e) {
            return "is not through after " + TIMEOUT_MILLIS / 1000 + " s";
        } catch (IOException e) {
            return "breaks off: " + Faults.reason(e);
        }
    }
}
