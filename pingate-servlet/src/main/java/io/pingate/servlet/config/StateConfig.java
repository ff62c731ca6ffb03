package io.pingate.servlet.config;

import io.pingate.GateCookie;
import io.pingate.servlet.rate.Lookout;
import io.pingate.servlet.settings.Environment;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.servlet.settings.Values;
import io.pingate.servlet.shared.SharedState;
import io.pingate.servlet.state.Epoch;
import io.pingate.servlet.state.Raised;
import io.pingate.servlet.state.StateFolder;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the state folder, and reads from it for the first time. */
public final class StateConfig {
    private StateConfig() {}

    /** The folder that the settings name, else the standard one. */
    public static StateFolder folder(SettingsReader settings) {
        return new StateFolder(
                settings.optional(Setting.STATE_DIR, Values::path).orElseGet(() -> standard(settings)));
    }

    /** How often everybody was signed out. A spoilt number stops the start: cookies that must stay out could verify again. */
    public static Epoch epoch(SettingsReader settings, StateFolder state, Lookout lookout) {
        return new Epoch(state, lookout, first(settings, state));
    }

    /**
     * Signs everybody out, of all gates with the state folder that the settings name, and of those on other machines that
     * share with them.
     *
     * @param sources where it may be set, the first to have a setting wins
     * @return what has become of it
     * @throws io.pingate.servlet.settings.SettingsException when the settings name no usable folder
     * @throws IOException when the folder can't be written to
     */
    public static Raised signOutAll(SettingsSource... sources) throws IOException {
        SettingsReader settings = new SettingsReader(List.of(sources));
        StateFolder state = folder(settings);
        String cookieName = settings.required(Setting.COOKIE_NAME, name -> new GateCookie(name).name());
        Optional<SharedState> shared = SharedConfig.forCommand(settings, cookieName);
        settings.finish();
        return Epoch.raise(state, shared);
    }

    private static long first(SettingsReader settings, StateFolder state) {
        try {
            return state.epoch();
        } catch (NumberFormatException e) {
            settings.fault(Setting.STATE_DIR, e.getMessage() + "; write a higher number than ever before into it");
        } catch (IOException e) {
            settings.warn("The state folder can't be read (" + Epoch.reason(e)
                    + "): pingate sign-out-all reaches nobody here.");
        }
        return 0;
    }

    private static Path standard(SettingsReader settings) {
        String home = System.getProperty("user.home");
        try {
            return standard(Environment.ofThisProcess()::get, Path.of(home));
        } catch (InvalidPathException e) {
            settings.fault(
                    Setting.STATE_DIR,
                    "the standard folder's name can't be read in this locale; start Java with"
                            + " the environment variable LC_ALL=C.UTF-8, or name a folder");
            return Path.of("pingate");
        }
    }

    /**
     * Where services and users keep state: systemd's StateDirectory (the first of several), else the XDG base
     * directory, else the home folder.
     */
    static Path standard(Function<String, @Nullable String> environment, Path home) {
        String service = environment.apply("STATE_DIRECTORY");
        if (service != null && !service.isEmpty()) {
            return Path.of(service.split(":", 2)[0]);
        }
        String xdg = environment.apply("XDG_STATE_HOME");
        // The XDG specification ignores a relative path.
        Path base = xdg != null && xdg.startsWith("/") ? Path.of(xdg) : home.resolve(".local/state");
        return base.resolve("pingate");
    }
}
