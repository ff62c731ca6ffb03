package io.pingate.standalone;

import io.pingate.servlet.pass.PassOffice;
import io.pingate.servlet.state.Raised;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;

/** What commands tell of the gates that run, which they change without a word to them. */
final class RunningGates {
    /** It may still be true of the next gate to start, but nobody has said that it is. */
    private static final int UNCONFIRMED = 1;

    private RunningGates() {}

    /** {@code gate in process 1} or {@code gates in processes 1, 2}. */
    static String inWords(List<Long> processes) {
        String numbers =
                String.join(", ", processes.stream().map(String::valueOf).toList());
        return processes.size() == 1 ? "gate in process " + numbers : "gates in processes " + numbers;
    }

    /**
     * Tells of the gates that have not taken something up.
     *
     * @return the exit code: 0 when every gate that runs has said that it is done, here and elsewhere, and there is one
     */
    static int confirm(Raised gates, PrintWriter err) {
        if (!gates.unconfirmed().isEmpty()) {
            err.println("pingate: the " + inWords(gates.unconfirmed()) + " did not say so within "
                    + Raised.PATIENCE.toSeconds()
                    + " s. A gate that is a filter alone does at its next request; look into the log of any other.");
        }
        boolean some = !gates.confirmed().isEmpty() || gates.reach().elsewhere();
        return gates.unconfirmed().isEmpty() && some && !gates.reach().failed() ? CommandLine.ExitCode.OK : UNCONFIRMED;
    }

    /** Warns when no gate runs that would know what was made: then the command was given other settings than the gate's. */
    static void warnOfNone(PassOffice passes, PrintWriter err) throws IOException {
        if (!passes.isForRunningGate()) {
            err.println("pingate: no running gate uses the state folder " + passes.folder()
                    + ", so none may know it; give this command the settings of the gate that it is for");
        }
    }
}
