package io.pingate.servlet;

import io.pingate.AttemptLimiter;
import io.pingate.GateCookie;
import io.pingate.PinGatePaths;
import io.pingate.UsedLinks;
import io.pingate.servlet.config.OwnKey;
import io.pingate.servlet.config.PublicUrl;
import io.pingate.servlet.config.StateConfig;
import io.pingate.servlet.pass.KeptUses;
import io.pingate.servlet.pass.RememberedUses;
import io.pingate.servlet.rate.Lookout;
import io.pingate.servlet.settings.AppDefaults;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.state.Epoch;
import io.pingate.servlet.state.StateFolder;
import io.pingate.servlet.throttle.BucketAttemptLimiter;
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
    final AttemptLimiter limiter = new BucketAttemptLimiter();
    final OnePinAtATime onePinAtATime = new OnePinAtATime();
    private final UsedLinks keptUses;
    private final UsedLinks rememberedUses = new RememberedUses();

    Foundation(SettingsReader settings, AppDefaults app, Optional<String> listenHost, Lookout lookout) {
        this.listenHost = listenHost;
        this.app = app;
        this.state = StateConfig.folder(settings);
        this.epoch = StateConfig.epoch(settings, state, lookout);
        this.ownKey = new OwnKey(state);
        this.keptUses = new KeptUses(state);
        this.cookieName = settings.required(Setting.COOKIE_NAME, name -> new GateCookie(name).name());
        this.cookieDomain = settings.optional(Setting.COOKIE_DOMAIN, text -> new GateCookie(cookieName, text).domain());
        this.paths = settings.required(Setting.GATE_PATH, PinGatePaths::under);
        this.publicUrl = settings.optional(Setting.PUBLIC_URL, PublicUrl::of);
    }

    /** Which links were used: in the state folder where others have the same keys, and else in memory. */
    UsedLinks usedLinks(boolean keysAreKept) {
        return keysAreKept ? keptUses : rememberedUses;
    }
}
