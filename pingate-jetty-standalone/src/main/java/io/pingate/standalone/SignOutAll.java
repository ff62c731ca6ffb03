package io.pingate.standalone;

import io.pingate.servlet.config.StateConfig;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.servlet.state.Raised;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Signs everybody out of the gates that use a state folder, running ones and those to come. */
@Command(
        name = "sign-out-all",
        customSynopsis =
                "pingate sign-out-all [--state-dir=DIR] [--config=FILE] [--redis-file=FILE] [--cookie-name=NAME]",
        header = "Signs everybody out, for a cookie or a device that was lost.",
        description =
                "%nEvery cookie dies at once, and open WebSockets and streams end. It goes for all gates with this"
                        + " state folder, and for those that share by PINGATE_REDIS. The exit code is 0 when every gate that runs with it has said that it is done,"
                        + " and 1 when one has not, or when none runs.",
        optionListHeading = "%n")
final class SignOutAll implements Callable<Integer> {
    @Option(names = "--state-dir", paramLabel = "DIR", description = "the gates' state folder")
    private @Nullable String stateDir;

    @Option(names = "--redis-file", paramLabel = "FILE", description = "the file that holds where gates share")
    private @Nullable String redisFile;

    @Option(names = "--cookie-name", paramLabel = "NAME", description = "the cookie name of the gates that share")
    private @Nullable String cookieName;

    @Option(names = "--config", paramLabel = "FILE", description = "the properties file that may name it")
    private @Nullable String config;

    // Picocli sets it before it calls anything here.
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Raised raised = StateConfig.signOutAll(
                SettingsSource.flags(this::flag), SettingsSource.systemProperties(), SettingsSource.environment());
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (!raised.confirmed().isEmpty()) {
            out.println("Everybody is signed out of the running " + RunningGates.inWords(raised.confirmed()) + ".");
        }
        int code = RunningGates.confirm(raised, err);
        if (raised.reach().failed()) {
            err.println("pingate: nobody was signed out of gates on other machines: "
                    + raised.reach().fault());
        } else if (raised.reach().elsewhere()) {
            out.println("Everybody is signed out of all gates that share by Redis.");
        } else if (raised.confirmed().isEmpty() && raised.unconfirmed().isEmpty()) {
            tellOfNone(raised, err);
        }
        out.println("Keep " + raised.file() + ": without it, cookies of before would be good again.");
        return code;
    }

    private static void tellOfNone(Raised raised, PrintWriter err) {
        err.println("pingate: no running gate uses the state folder "
                + raised.file().getParent()
                + ", so nobody is signed out before one does; name that of the gate with --state-dir");
        raised.elsewhere()
                .forEach((process, folder) ->
                        err.println("pingate: the gate in process " + process + " uses " + folder + ", as it sees it"));
    }

    private @Nullable String flag(String name) {
        if (name.equals(Setting.REDIS_FILE.flag())) {
            return redisFile;
        }
        if (name.equals(Setting.COOKIE_NAME.flag())) {
            return cookieName;
        }
        return name.equals(Setting.STATE_DIR.flag()) ? stateDir : name.equals(Setting.CONFIG.flag()) ? config : null;
    }
}
