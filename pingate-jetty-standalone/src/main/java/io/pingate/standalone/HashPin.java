package io.pingate.standalone;

import io.pingate.Pin;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes the value of PINGATE_PIN_HASH. The PIN is typed or piped in: arguments are seen by the whole machine. */
@Command(
        name = "hash-pin",
        customSynopsis = "pingate hash-pin",
        header = "Prints the hash of a PIN, for PINGATE_PIN_HASH.",
        description = "%nAsks for the PIN; without a terminal, reads it from the standard input's first line.",
        optionListHeading = "%n")
final class HashPin implements Callable<Integer> {
    // Picocli sets it before it calls anything here.
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Override
    // Null still means that nobody sits at a terminal: Main has seen to it.
    @SuppressWarnings("SystemConsoleNull")
    public Integer call() throws IOException {
        @Nullable Console console = System.console();
        String pin = console == null ? firstLine() : typed(console);
        try {
            spec.commandLine().getOut().println(Pin.hash(pin));
        } catch (IllegalArgumentException e) {
            throw fault(String.valueOf(e.getMessage()));
        }
        return CommandLine.ExitCode.OK;
    }

    private String typed(Console console) {
        char[] first = console.readPassword("PIN: ");
        char[] second = console.readPassword("PIN, once more: ");
        if (first == null || !Arrays.equals(first, second)) {
            throw fault("the two PINs differ");
        }
        return new String(first);
    }

    private String firstLine() throws IOException {
        @Nullable String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw fault("no PIN on the standard input");
        }
        return line;
    }

    private ParameterException fault(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
