package io.pingate.standalone;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@link Health} for whoever asks for help with it; {@link Main} goes past this when the flags are plain. */
@Command(
        name = "health",
        customSynopsis =
                "pingate health [--ready] [--host=HOST] [--port=PORT] [--tls-cert-file=FILE] [--gate-path=PATH]"
                        + " [--config=FILE]",
        header = "Asks a running gate whether it is well, for health checks.",
        description = "%nThe settings say where it listens, as they told the gate. The exit code is 0 when it is well,"
                + " and 1 when it is not, or not there.",
        optionListHeading = "%n")
final class HealthCommand implements Callable<Integer> {
    @Option(names = "--ready", description = "ask for the program behind the gate, too")
    private boolean ready;

    @Option(names = "--host", paramLabel = "HOST", description = "the gate's listen address")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "the gate's port")
    private @Nullable String port;

    @Option(names = "--tls-cert-file", paramLabel = "FILE", description = "given to a gate that speaks https")
    private @Nullable String certificate;

    @Option(names = "--gate-path", paramLabel = "PATH", description = "where the gate's own pages live")
    private @Nullable String gatePath;

    @Option(names = "--config", paramLabel = "FILE", description = "the properties file that may name them")
    private @Nullable String config;

    // Picocli sets it before it calls anything here.
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return Health.ask(this::flag, ready, spec.commandLine().getErr());
    }

    private @Nullable String flag(String name) {
        return switch (name) {
            case "--host" -> host;
            case "--port" -> port;
            case "--tls-cert-file" -> certificate;
            case "--gate-path" -> gatePath;
            case "--config" -> config;
            default -> null;
        };
    }
}
