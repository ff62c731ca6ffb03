package io.pingate.standalone;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.config.PublicUrl;
import io.pingate.servlet.settings.SettingsException;
import io.pingate.standalone.doctor.Examination;
import io.pingate.standalone.doctor.Report;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at what is around a gate: its settings, the program behind it, and the way by which people reach it. */
@Command(
        name = "doctor",
        customSynopsis = "pingate doctor [PUBLIC-URL] [--json] [--idle=SECONDS] [SETTINGS]",
        header = "Says what is wrong around a gate, and what to do about it.",
        description =
                "%nGive it the settings of the gate, its PIN or key included; the gate should run. Nothing is changed, and nobody"
                        + " is signed in. The exit code is 0 when nothing is wrong, and 1 when something is.",
        optionListHeading = "%n")
final class Doctor implements Callable<Integer> {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,3}");
    private static final int MOST_SECONDS = 600;
    private static final String ERASE_LINE = "\r\u001b[2K";

    @Parameters(
            arity = "0..1",
            paramLabel = "PUBLIC-URL",
            description = "where people reach the gate; PINGATE_PUBLIC_URL unless told otherwise")
    private @Nullable String address;

    @Option(names = "--json", description = "print one object, for programs")
    private boolean json;

    @Option(
            names = "--idle",
            paramLabel = "SECONDS",
            description =
                    "see whether a stream lives through so long a silence, up to 600 s; not looked at unless told")
    private String idle = "0";

    // Picocli sets it before it calls anything here.
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        int idleSeconds = SECONDS.matcher(idle).matches() ? Integer.parseInt(idle) : MOST_SECONDS + 1;
        if (idleSeconds > MOST_SECONDS) {
            throw fault("--idle must be a whole number of seconds from 0 to " + MOST_SECONDS);
        }
        Optional<String> given = Optional.ofNullable(address).map(this::publicUrl);
        PrintWriter err = spec.commandLine().getErr();
        Examination examination = new Examination(subject -> tell(err, ERASE_LINE + "looking at: " + subject));
        Report report;
        try {
            PinGateSettings settings = GateSettings.of(spec);
            report = examination.of(settings, given.or(settings::publicUrl), idleSeconds);
        } catch (SettingsException e) {
            report = examination.ofFaultySettings(e.faults());
        }
        tell(err, ERASE_LINE);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(report.json());
        } else {
            report.lines(Terminal.isThere() && Terminal.takesColours()).forEach(out::println);
        }
        out.flush();
        return report.exitCode();
    }

    private String publicUrl(String text) {
        try {
            return PublicUrl.of(text);
        } catch (IllegalArgumentException e) {
            throw fault("the public URL " + e.getMessage());
        }
    }

    private ParameterException fault(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static void tell(PrintWriter err, String text) {
        if (Terminal.isThere()) {
            err.print(text);
            err.flush();
        }
    }
}
