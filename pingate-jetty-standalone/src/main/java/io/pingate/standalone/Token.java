package io.pingate.standalone;

import io.pingate.http.syntax.CommaList;
import io.pingate.servlet.pass.PassOffice;
import io.pingate.servlet.settings.Values;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a token, by which a program passes the gate. */
@Command(
        name = "token",
        customSynopsis = "pingate token NAME [--days=N] [--paths=PATHS] [SETTINGS]",
        header = "Prints a token, by which a program passes the gate.",
        description = {
            "%nThe token alone is printed to the standard output; it can't be shown again. A program sends it as"
                    + " X-Pingate-Token, as Authorization: Bearer, or as the password of Authorization: Basic with any user"
                    + " name. It stops at the gate. The command needs the settings of the gate, PIN and key above all, and"
                    + " a state folder that can be written to.",
            "%nIt opens the gate until it expires, pingate revoke NAME ends it, or pingate sign-out-all ends everything."
        },
        optionListHeading = "%n",
        parameterListHeading = "%n")
final class Token implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "what it is called, to tell it from others")
    private String name = "";

    @Option(names = "--days", paramLabel = "N", description = "days that it is good for, 365 unless told otherwise")
    private String days = "365";

    @Option(
            names = "--paths",
            paramLabel = "PATHS",
            description = "what it is for: exact paths or /prefix/*, comma-separated; everything unless told otherwise")
    private String paths = "";

    // Picocli sets it before it calls anything here.
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Duration lifetime = lifetime();
        PassOffice passes = GateSettings.of(spec).passes();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            out.println(passes.token(name, lifetime, CommaList.of(paths), Instant.now()));
        } catch (IllegalArgumentException e) {
            throw fault(e.getMessage());
        }
        out.flush();
        err.println("pingate: good for " + days + " days" + (paths.isEmpty() ? "" : ", for " + paths)
                + "; pingate revoke \"" + name + "\" ends it");
        RunningGates.warnOfNone(passes, err);
        return CommandLine.ExitCode.OK;
    }

    private Duration lifetime() {
        try {
            return Values.days(days);
        } catch (IllegalArgumentException e) {
            throw fault("--days: " + e.getMessage());
        }
    }

    private ParameterException fault(@Nullable String message) {
        return new ParameterException(spec.commandLine(), String.valueOf(message));
    }
}
