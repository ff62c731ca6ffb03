package io.pingate.servlet.config;

import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.shared.SharedState;
import io.pingate.servlet.shared.SharedStateProvider;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/** Finds what is shared with gates on other machines. */
public final class SharedConfig {
    private SharedConfig() {}

    /**
     * What the settings say of a gate.
     *
     * @param cookieName what gates have in common that share
     */
    public static Optional<SharedState> read(SettingsReader settings, String cookieName) {
        boolean secret = settings.isGiven(Setting.SECRET) || settings.isGiven(Setting.SECRET_FILE);
        settings.oneOf(Setting.REDIS, Setting.REDIS_FILE)
                .filter(given -> !secret)
                .ifPresent(given -> settings.fault(
                        given,
                        "gates that share need one PINGATE_SECRET, or a sign-in at one of them is none at"
                                + " another; set the same on all of them"));
        return forCommand(settings, cookieName);
    }

    /** The same for a command that signs nothing. */
    public static Optional<SharedState> forCommand(SettingsReader settings, String cookieName) {
        Optional<Setting> given = settings.oneOf(Setting.REDIS, Setting.REDIS_FILE);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Optional<SharedStateProvider> provider = ServiceLoader.load(
                        SharedStateProvider.class, SharedConfig.class.getClassLoader())
                .findFirst();
        if (provider.isEmpty()) {
            settings.fault(
                    given.get(),
                    "what speaks with Redis isn't there; put pingate-redis.jar beside pingate.jar, or into the"
                            + " WEB-INF/lib of a webapp");
            return Optional.empty();
        }
        Function<String, SharedState> at = address -> provider.get().at(address.strip(), cookieName);
        return given.get() == Setting.REDIS
                ? settings.optional(Setting.REDIS, at)
                : settings.secretFileOnce(Setting.REDIS_FILE, at);
    }
}
