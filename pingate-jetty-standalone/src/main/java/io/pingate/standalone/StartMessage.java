package io.pingate.standalone;

import io.pingate.proxy.Route;
import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.config.PublicUrl;
import io.pingate.servlet.config.Routes;
import io.pingate.servlet.config.UpstreamTls;

/** What the program tells when it has started: where to go, what opens the gate, and what to look at. */
final class StartMessage {
    private static final int WIDTH = 80;
    private static final int COLUMN = 12;

    private StartMessage() {}

    static String of(PinGateSettings settings, PingateServer server) {
        TextWrapper text = new TextWrapper(WIDTH, COLUMN)
                .line("pingate " + Version.ofGate())
                .blank()
                .entry(
                        "  open",
                        PublicUrl.ofListener(
                                        settings.host(),
                                        server.port(),
                                        settings.listenerTls().isPresent())
                                + "/")
                .entry("  PIN", settings.samplePin().orElseGet(() -> "as in " + settings.pinOrigin()));
        for (Route route : settings.routes().routes()) {
            boolean tool = route == Routes.tool(settings.routes());
            UpstreamTls tls = tool ? settings.upstreamTls() : UpstreamTls.standard();
            text.entry(
                    tool ? "  upstream" : "  LLM", route.upstream() + " " + UpstreamProbe.look(route.upstream(), tls));
        }
        settings.metrics()
                .ifPresent(address -> text.entry(
                        "  metrics",
                        PublicUrl.ofListener(
                                        address.host(), server.metricsPort().getAsInt(), false)
                                + "/metrics"));
        text.entry("  guesses", settings.pinStrength())
                .entry("  more ways", "pingate token NAME for programs, pingate link for people")
                .blank();
        if (!settings.appLines().isEmpty()) {
            text.line("  For the program behind the gate:").blank();
            settings.appLines().forEach(line -> text.line("    " + line));
            text.blank();
        }
        settings.warnings().forEach(warning -> text.entry("  !", warning).blank());
        return String.join(System.lineSeparator(), text.lines()) + System.lineSeparator();
    }
}
