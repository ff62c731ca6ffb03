package io.pingate.standalone.doctor;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Whether a cache before the gate gives one client's pages to another. */
record CacheCheck(Probe probe) implements Check {
    @Override
    public String subject() {
        return "shared cache";
    }

    @Override
    public List<Finding> look() throws IOException {
        List<Response> answers = probe.askTwice("?storable=" + UUID.randomUUID());
        if (!Probe.isOurs(answers.get(0))) {
            return List.of(Finding.skipped("the page to look for was not answered"));
        }
        return List.of(
                Probe.isOurs(answers.get(1))
                        ? Finding.fail(
                                "a stranger is given a private page from the front's cache, without a PIN",
                                "let the cache respect Cache-Control: private, or switch it off. nginx: no"
                                        + " proxy_ignore_headers Cache-Control; Varnish: no ttl on what is private;"
                                        + " Cloudflare: no \"cache everything\"")
                        : Finding.ok("private pages stay private"));
    }
}
