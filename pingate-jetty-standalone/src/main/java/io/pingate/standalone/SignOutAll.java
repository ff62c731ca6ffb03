package io.pingate.standalone;

import io.pingate.servlet.Epoch;
import io.pingate.servlet.Setting;
import io.pingate.servlet.SettingsSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Signs everybody out of the gates that use a state folder, running ones and those to come. */
@Command(
        name = "sign-out-all",
        customSynopsis = "pingate sign-out-all [--state-dir=DIR] [--config=FILE]",
        header = "Signs everybody out, for a cookie or a device that was lost.",
        description =
                "%nEvery cookie dies at once, and open WebSockets and streams end. It goes for all gates with this"
                        + " state folder.",
        optionListHeading = "%n")
final class SignOutAll implements Callable<Integer> {
    @Option(names = "--state-dir", paramLabel = "DIR", description = "the gates' state folder")
    private @Nullable String stateDir;

    @Option(names = "--config", paramLabel = "FILE", description = "the properties file that may name it")
    private @Nullable String config;

    // Picocli sets it before it calls anything here.
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path file = Epoch.raise(
                SettingsSource.flags(this::flag), SettingsSource.systemProperties(), SettingsSource.environment());
        spec.commandLine()
                .getOut()
                .println("Everybody is signed out; running gates notice within two seconds. Keep " + file
                        + ": without it, cookies of before would be good again.");
        return CommandLine.ExitCode.OK;
    }

    private @Nullable String flag(String name) {
        return name.equals(Setting.STATE_DIR.flag()) ? stateDir : name.equals(Setting.CONFIG.flag()) ? config : null;
    }
}
