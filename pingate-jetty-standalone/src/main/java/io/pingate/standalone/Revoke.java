package io.pingate.standalone;

import io.pingate.servlet.pass.Revocation;
import io.pingate.servlet.state.Raised;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends tokens by their name. */
@Command(
        name = "revoke",
        customSynopsis = "pingate revoke NAME [SETTINGS]",
        header = "Ends a token, for one that was lost or is needed no more.",
        description =
                "%nIt goes for all gates with this state folder, and for those that share by PINGATE_REDIS; what was opened with the token ends too. The exit"
                        + " code is 0 when every gate that runs with the folder has said that it is done, and 1 when one has not,"
                        + " or when none runs.",
        optionListHeading = "%n",
        parameterListHeading = "%n")
final class Revoke implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "what it is called; pingate tokens lists them")
    private String name = "";

    // Picocli sets it before it calls anything here.
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Optional<Revocation> revoked = GateSettings.of(spec).passes().revoke(name, Instant.now());
        if (revoked.isEmpty()) {
            throw new IOException("there is no token of this name that could be ended; pingate tokens lists them");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        int tokens = revoked.get().tokens();
        Raised gates = revoked.get().gates();
        out.println((tokens == 1 ? "1 token has" : tokens + " tokens have") + " ended"
                + (gates.confirmed().isEmpty()
                        ? "."
                        : ", also at the running " + RunningGates.inWords(gates.confirmed()) + "."));
        int code = RunningGates.confirm(gates, err);
        if (gates.reach().failed()) {
            err.println("pingate: gates on other machines still take it: "
                    + gates.reach().fault());
        } else if (gates.reach().elsewhere()) {
            out.println("All gates that share by Redis have taken it up.");
        } else if (gates.confirmed().isEmpty() && gates.unconfirmed().isEmpty()) {
            err.println("pingate: no running gate uses the state folder "
                    + gates.file().getParent());
        }
        return code;
    }
}
