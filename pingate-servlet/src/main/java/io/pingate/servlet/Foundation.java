package io.pingate.servlet;

import io.pingate.AttemptLimiter;
import io.pingate.GateCookie;
import io.pingate.PinGatePaths;
import io.pingate.UsedLinks;
import io.pingate.servlet.config.OwnKey;
import io.pingate.servlet.config.PublicUrl;
import io.pingate.servlet.config.SharedConfig;
import io.pingate.servlet.config.StateConfig;
import io.pingate.servlet.pass.KeptUses;
import io.pingate.servlet.pass.RememberedUses;
import io.pingate.servlet.rate.Lookout;
import io.pingate.servlet.settings.AppDefaults;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsException;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.shared.SharedState;
import io.pingate.servlet.state.Epoch;
import io.pingate.servlet.state.StateFolder;
import io.pingate.servlet.throttle.BucketAttemptLimiter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What stays as long as the gate runs, whatever becomes of its settings, and is needed for its {@link GateTerms}. */
final class Foundation {
    /** Where the gate listens; empty in a container, whose connectors it doesn't know. */
    final Optional<String> listenHost;

    final AppDefaults app;
    final String cookieName;
    final Optional<String> cookieDomain;
    final PinGatePaths paths;
    final Optional<String> publicUrl;
    final StateFolder state;
    final Epoch epoch;
    final OwnKey ownKey;
    final Optional<SharedState> shared;
    final AttemptLimiter limiter;
    final OnePinAtATime onePinAtATime = new OnePinAtATime();
    private final UsedLinks keptUses;
    private final UsedLinks rememberedUses = new RememberedUses();
    private int running;

    Foundation(SettingsReader settings, AppDefaults app, Optional<String> listenHost, Lookout lookout) {
        this.listenHost = listenHost;
        this.app = app;
        this.state = StateConfig.folder(settings);
        this.epoch = StateConfig.epoch(settings, state, lookout);
        this.ownKey = new OwnKey(state);
        this.cookieName = settings.required(Setting.COOKIE_NAME, name -> new GateCookie(name).name());
        this.shared = SharedConfig.read(settings, cookieName);
        this.limiter = shared.map(SharedState::limiter).orElseGet(BucketAttemptLimiter::new);
        UsedLinks inFolder = new KeptUses(state);
        this.keptUses = shared.map(all -> all.usedLinks(inFolder)).orElse(inFolder);
        this.cookieDomain = settings.optional(Setting.COOKIE_DOMAIN, text -> new GateCookie(cookieName, text).domain());
        this.paths = settings.required(Setting.GATE_PATH, PinGatePaths::under);
        this.publicUrl = settings.optional(Setting.PUBLIC_URL, PublicUrl::of);
    }

    /** Which links were used: in the state folder where others have the same keys, and else in memory. */
    UsedLinks usedLinks(boolean keysAreKept) {
        return keysAreKept ? keptUses : rememberedUses;
    }

    /**
     * A gate begins to run that stands on this.
     *
     * @throws SettingsException when it can't, for want of what it shares with others
     */
    synchronized void announce() {
        if (running == 0 && shared.isPresent()) {
            try {
                shared.get().join(epoch);
            } catch (IOException e) {
                throw new SettingsException(List.of(Setting.REDIS.environmentName() + ": " + e.getMessage()));
            }
        }
        running++;
        epoch.announce();
    }

    /** One of them runs no more. */
    synchronized void withdraw() {
        epoch.withdraw();
        running--;
        if (running == 0) {
            shared.ifPresent(SharedState::leave);
        }
    }
}
