package io.pingate.standalone.doctor;

import io.pingate.proxy.Upstream;
import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.config.HealthAddress;
import io.pingate.servlet.config.Routes;
import io.pingate.servlet.config.UpstreamTls;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks at everything around a gate, one thing after the other. */
public final class Examination {
    private final Report report = new Report();
    private final Consumer<String> progress;

    /**
     * An examination that has not begun.
     *
     * @param progress hears what is looked at next
     */
    public Examination(Consumer<String> progress) {
        this.progress = progress;
    }

    /**
     * Tells of settings that no gate starts with.
     *
     * @param faults each with its setting and the rule
     * @return the report
     */
    public Report ofFaultySettings(List<String> faults) {
        faults.forEach(fault -> report.add("settings", Finding.fail(fault, "a gate refuses to start with this")));
        report.add("all else", Finding.skipped("needs settings that are right"));
        return report;
    }

    /**
     * Looks at everything.
     *
     * @param settings the gate's
     * @param publicUrl where people reach it; empty when nobody says so
     * @param idleSeconds how long a silent stream is looked at; 0 for not at all
     * @return the report
     */
    public Report of(PinGateSettings settings, Optional<String> publicUrl, int idleSeconds) {
        settings(settings, publicUrl);
        Upstream upstream = Routes.tool(settings.routes()).upstream();
        run(new UpstreamCheck(upstream, settings.upstreamTls(), settings.app()));
        try {
            run(new ExposureCheck(upstream, settings.tellsIdentity(), ExposureCheck.ofThisMachine()));
            String pass = settings.passes().doctorPass(Instant.now());
            local(settings, pass);
            if (publicUrl.isPresent()) {
                Place place = Place.of(publicUrl.get(), UpstreamTls.standard().sslContext());
                through(
                        new Probe(place, settings.paths().doctor(), pass),
                        settings.port(),
                        settings.listenerTls().isPresent(),
                        idleSeconds);
            } else {
                report.add(
                        "public address",
                        Finding.skipped("none is known; name it: pingate doctor https://notes.example.org"));
            }
        } catch (IOException e) {
            report.add("gate", Finding.skipped(Faults.reason(e)));
        }
        return report;
    }

    private void settings(PinGateSettings settings, Optional<String> publicUrl) {
        if (settings.samplePin().isPresent() && publicUrl.isPresent()) {
            report.add(
                    "settings",
                    Finding.fail(
                            "the gate has the sample PIN, with which it opens as localhost only",
                            "set PINGATE_PIN, or PINGATE_PIN_HASH by pingate hash-pin; if the gate has one, give it to this"
                                    + " command too"));
        }
        settings.warnings().forEach(warning -> report.add("settings", Finding.warn(warning, "")));
        if (!report.has(Level.WARN) && !report.has(Level.FAIL)) {
            report.add("settings", Finding.ok("a gate starts with them"));
        }
    }

    private void local(PinGateSettings settings, String pass) {
        if (settings.port() == 0) {
            report.add("gate", Finding.skipped("PINGATE_PORT is 0; name the port that the gate told: --port"));
            return;
        }
        String reached = HealthAddress.reachable(settings.host());
        boolean tls = settings.listenerTls().isPresent();
        UpstreamTls unchecked = new UpstreamTls(List.of(), Optional.empty(), false);
        Place place = Place.local(reached, settings.port(), tls ? unchecked.sslContext() : null);
        Probe probe = new Probe(place, settings.paths().doctor(), pass);
        run(new GateCheck(probe, settings.paths().health()));
    }

    private void through(Probe probe, int gatePort, boolean gateTls, int idleSeconds) {
        PublicCheck reached = new PublicCheck(probe);
        run(reached);
        if (reached.facts().isEmpty()) {
            report.add("through it", Finding.skipped("the public address has to lead to this gate first"));
            return;
        }
        Place place = probe.place();
        run(new SchemeCheck(place, reached.facts()));
        run(new ClientCheck(place, gatePort, gateTls, reached.facts()));
        run(new HostCheck(place, reached.facts()));
        run(new StreamCheck(probe, "GET"));
        run(new StreamCheck(probe, "POST"));
        run(new SocketCheck(probe));
        run(new CacheCheck(probe));
        run(new UploadCheck(probe));
        run(new IdleCheck(probe, idleSeconds));
    }

    private void run(Check check) {
        progress.accept(check.subject());
        try {
            check.look().forEach(finding -> report.add(check.subject(), finding));
        } catch (IOException e) {
            report.add(
                    check.subject(),
                    Finding.fail("it breaks off: " + Faults.reason(e), "look into the front's log at this moment"));
        }
    }
}
