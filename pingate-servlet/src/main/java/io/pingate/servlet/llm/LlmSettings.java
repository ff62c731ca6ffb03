package io.pingate.servlet.llm;

import io.pingate.proxy.Route;
import io.pingate.proxy.Upstream;
import io.pingate.proxy.headers.HeaderRules;
import io.pingate.proxy.headers.IdentityHeaders;
import io.pingate.proxy.llm.AllowedOrigins;
import io.pingate.proxy.llm.AllowedPaths;
import io.pingate.proxy.llm.LlmRoute;
import io.pingate.proxy.llm.LlmRules;
import io.pingate.servlet.config.Routes;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import java.util.Optional;

/** Reads the route of an LLM server. */
public final class LlmSettings {
    /** Stands in for a key that can't be used, so that the other settings of the route are judged too. */
    private static final String UNUSABLE = "unusable";

    private LlmSettings() {}

    /** The route, if there is a key for it. */
    public static Optional<Route> route(
            SettingsReader settings, String cookieName, String gatePath, IdentityHeaders identity) {
        return settings.isGiven(Setting.LITELLM_MASTER_KEY) || settings.isGiven(Setting.LITELLM_MASTER_KEY_FILE)
                ? Optional.of(read(settings, cookieName, gatePath, identity))
                : Optional.empty();
    }

    private static Route read(SettingsReader settings, String cookieName, String gatePath, IdentityHeaders identity) {
        HeaderRules headers = settings.secret(
                        Setting.LITELLM_MASTER_KEY,
                        Setting.LITELLM_MASTER_KEY_FILE,
                        key -> LlmRoute.headers(cookieName, identity, key))
                .orElseGet(() -> LlmRoute.headers(cookieName, identity, UNUSABLE));
        Upstream server =
                settings.required(Setting.LITELLM_INTERNAL, text -> Routes.reachable(Upstream.withBasePath(text)));
        if (settings.isGiven(Setting.LITELLM_ALLOWED_ORIGIN)) {
            settings.warn(
                    "LITELLM_ALLOWED_ORIGIN helps pages of the gate's own site only: https://chat.example.org for a"
                            + " gate at https://gate.example.org. Browsers send the gate's cookie (SameSite=Lax) for no other"
                            + " site's pages, so those get 401.");
        }
        LlmRules rules = new LlmRules(
                settings.optional(Setting.LITELLM_ALLOWED_ORIGIN, AllowedOrigins::of)
                        .orElseGet(() -> AllowedOrigins.of("")),
                settings.optional(Setting.LITELLM_ALLOWED_PATHS, AllowedPaths::of)
                        .orElseGet(AllowedPaths::inference),
                Setting.LITELLM_ALLOWED_ORIGIN.environmentName(),
                Setting.LITELLM_ALLOWED_PATHS.environmentName());
        return settings.required(Setting.LITELLM_PROXY_PATH, prefix -> {
            if (prefix.equals(gatePath) || prefix.startsWith(gatePath + "/")) {
                throw new IllegalArgumentException("must not be where the gate's own pages are; write another path");
            }
            return LlmRoute.of(prefix, server, headers, rules);
        });
    }
}
