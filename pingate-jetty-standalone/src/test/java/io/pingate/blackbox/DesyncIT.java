package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.desync.Breach;
import io.pingate.desync.Hunt;
import io.pingate.desync.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random clients and upstreams at once: nothing gets past the gate, and nobody gets what is another's.
 *
 * <p>A build draws the same exchanges each time, so that one that finds something is a build that has changed something.
 * {@code -Ddesync.minutes=} hunts for so long with a seed of its own, {@code -Ddesync.seed=} repeats that, and
 * {@code -Ddesync.exchanges=} bounds both.
 */
@Tag("alone")
class DesyncIT {
    private static final long SEED = 20_261_128;

    /**
     * In Tomcat an answer is cut off now and then when another client breaks an upload off (README, Limits): two to four of
     * 40,000, each of which its client could see to be cut.
     */
    private static final Set<Breach> TOMCATS = Set.of(Breach.LOST);

    @Test
    void every_byte_is_where_it_belongs_when_standalone() throws Exception {
        hunt("standalone", StandaloneGate::new, 3_000, 35, Set.of());
    }

    @Test
    void every_byte_is_where_it_belongs_when_in_tomcat_10() throws Exception {
        hunt("tomcat10", TomcatGate.tomcat10(), 500, 0, TOMCATS);
    }

    @Test
    void every_byte_is_where_it_belongs_when_in_tomcat_11() throws Exception {
        hunt("tomcat11", TomcatGate.tomcat11(), 500, 0, TOMCATS);
    }

    @Test
    void every_byte_is_where_it_belongs_when_in_jetty() throws Exception {
        hunt("jettywar", JettyGate::new, 500, 0, Set.of());
    }

    private static void hunt(String name, Stage.Recipe recipe, int exchanges, int http2Percent, Set<Breach> limits)
            throws Exception {
        Integer minutes = Integer.getInteger("desync.minutes");
        Hunt.Plan plan = new Hunt.Plan(
                Long.getLong("desync.seed", minutes == null ? SEED : System.nanoTime() & 0xFFFFFF),
                Integer.getInteger("desync.exchanges", minutes == null ? exchanges : Integer.MAX_VALUE),
                Duration.ofMinutes(minutes == null ? 30 : minutes),
                Integer.getInteger("desync.clients", 48),
                http2Percent,
                !Boolean.getBoolean("desync.all"),
                limits);
        Path home = Files.createTempDirectory(
                Files.createDirectories(Path.of(System.getProperty("blackbox.folder"))), "desync-" + name + "-");
        try (Hunt hunt = new Hunt(plan)) {
            Map<String, String> settings = new HashMap<>(Hunt.SETTINGS);
            settings.put("PINGATE_UPSTREAM", "http://127.0.0.1:" + hunt.upstreamPort());
            settings.put("PINGATE_PIN", Stage.PIN);
            settings.put("PINGATE_SECRET", Stage.SECRET);
            try (GateProcess gate = recipe.launch(home, settings).start()) {
                Report report = hunt.run(gate.port(), "pingate=" + Cookies.lasting(Duration.ofDays(1)));
                System.out.println(name + ": " + report.summary());
                Files.writeString(home.resolve("report.txt"), report.toString());
                assertTrue(report.isClean(), report::toString);
            }
        }
    }
}
