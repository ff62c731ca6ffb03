package io.pingate.standalone;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.standalone.demo.DemoUpstream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The program: {@code java -jar pingate.jar}. */
@Command(
        name = "pingate",
        subcommands = {HashPin.class, SignOutAll.class},
        sortOptions = false,
        customSynopsis = {
            "pingate [OPTIONS]",
            "       pingate --demo",
            "       pingate hash-pin",
            "       pingate sign-out-all"
        },
        description = "%nPuts one PIN in front of a local web tool.",
        optionListHeading = "%n",
        commandListHeading = "%n")
public final class Main implements Callable<Integer> {
    private static final Map<String, String> DEMO_IDENTITY = Map.of(
            Setting.TRUSTED_EMAIL.environmentName(), "you@example.org",
            Setting.TRUSTED_NAME.environmentName(), "You");

    @Option(names = "--demo", description = "try the gate in front of a page of its own")
    private boolean demo;

    // Picocli sets it before it calls anything here.
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    private Main() {}

    /**
     * Runs the program until it is stopped.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        // Java 22 to 24 would otherwise offer a console where the input is a pipe.
        System.setProperty("jdk.console", "java.base");
        NameLookups.keepShort();
        System.exit(run(writer(System.out), writer(System.err), args));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, Charset.defaultCharset());
    }

    /** {@return the exit code} */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        Logging.configure(Level.INFO);
        CommandLine commandLine = new CommandLine(new Main());
        Options.addStandard(commandLine.getCommandSpec());
        Options.addSettings(commandLine.getCommandSpec());
        commandLine.getSubcommands().values().forEach(command -> Options.addStandard(command.getCommandSpec()));
        CliErrors faults = new CliErrors(err);
        return commandLine
                .setOut(out)
                .setErr(err)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(faults::ofArguments)
                .setExecutionExceptionHandler(faults::ofExecution)
                .execute(args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (demo) {
            serveDemo();
        } else {
            serve(settings(this::flag), () -> {});
        }
        return CommandLine.ExitCode.OK;
    }

    private void serveDemo() throws IOException, InterruptedException {
        String upstreamFlag = Setting.UPSTREAM.flag();
        if (flag(upstreamFlag) != null) {
            throw new ParameterException(
                    spec.commandLine(), "--demo brings an upstream of its own; leave out " + upstreamFlag);
        }
        try (DemoUpstream upstream = new DemoUpstream()) {
            String address = upstream.uri().toString();
            PinGateSettings settings = settings(name -> name.equals(upstreamFlag) ? address : flag(name));
            upstream.start(settings.paths().logout());
            serve(settings, upstream::endStreams);
        }
    }

    private @Nullable String flag(String name) {
        ParseResult given = spec.commandLine().getParseResult();
        return given.matchedOptionValue(name, null);
    }

    private PinGateSettings settings(Function<String, @Nullable String> flags) {
        return PinGateSettings.load(
                SettingsSource.flags(flags),
                SettingsSource.systemProperties(),
                SettingsSource.environment(),
                // Somebody for the demo's upstream to be told of.
                SettingsSource.environment(name -> demo ? DEMO_IDENTITY.get(name) : null));
    }

    private void serve(PinGateSettings settings, Runnable beforeStop) throws IOException, InterruptedException {
        Logging.configure(settings.logLevel());
        PingateServer server = new PingateServer(settings);
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, beforeStop), "stop"));
        spec.commandLine().getOut().print(StartMessage.of(settings, server.port()));
        spec.commandLine().getOut().flush();
        server.join();
    }

    private void stop(PingateServer server, Runnable beforeStop) {
        beforeStop.run();
        if (server.runningRequests() > 0) {
            spec.commandLine()
                    .getErr()
                    .println("pingate: stopping; running requests have " + PingateServer.DRAIN.toSeconds()
                            + " s to end");
        }
        server.close();
    }
}
