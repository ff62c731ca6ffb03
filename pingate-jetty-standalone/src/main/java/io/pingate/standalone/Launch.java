package io.pingate.standalone;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.standalone.demo.DemoUpstream;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run of the gate, or of the gate before its demo. */
final class Launch {
    private static final Map<String, String> DEMO_IDENTITY = Map.of(
            Setting.TRUSTED_EMAIL.environmentName(), "you@example.org",
            Setting.TRUSTED_NAME.environmentName(), "You");

    private final boolean demo;
    private final Function<String, @Nullable String> flags;
    private final PrintWriter out;
    private final PrintWriter err;
    private final HangUp hangUp = HangUp.listen();

    /**
     * A run that has not begun.
     *
     * @param flags the value of a flag such as {@code --port}, or null
     */
    Launch(boolean demo, Function<String, @Nullable String> flags, PrintWriter out, PrintWriter err) {
        this.demo = demo;
        this.flags = flags;
        this.out = out;
        this.err = err;
    }

    /** Serves until the process is told to stop. */
    void run() throws IOException, InterruptedException {
        if (demo) {
            serveDemo();
        } else {
            serve(settings(flags), () -> {});
        }
    }

    private void serveDemo() throws IOException, InterruptedException {
        try (DemoUpstream upstream = new DemoUpstream()) {
            String address = upstream.uri().toString();
            PinGateSettings settings =
                    settings(name -> name.equals(Setting.UPSTREAM.flag()) ? address : flags.apply(name));
            upstream.start(settings.paths().logout());
            serve(settings, upstream::endStreams);
        }
    }

    private PinGateSettings settings(Function<String, @Nullable String> given) {
        return PinGateSettings.load(
                SettingsSource.flags(given),
                SettingsSource.systemProperties(),
                SettingsSource.environment(),
                // Somebody for the demo's upstream to be told of.
                SettingsSource.environment(name -> demo ? DEMO_IDENTITY.get(name) : null));
    }

    private void serve(PinGateSettings settings, Runnable beforeStop) throws IOException, InterruptedException {
        Logging.configure(settings.logLevel());
        ClassArchive.tellWhenUnused(err);
        PingateServer server = new PingateServer(settings);
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, beforeStop), "stop"));
        out.print(StartMessage.of(settings, server));
        out.flush();
        hangUp.reloads(settings::reload);
        ScanToSignIn.show(settings, out);
        server.join();
    }

    private void stop(PingateServer server, Runnable beforeStop) {
        beforeStop.run();
        if (server.runningRequests() > 0) {
            err.println("pingate: stopping; running requests have " + PingateServer.DRAIN.toSeconds() + " s to end");
        }
        server.close();
    }
}
