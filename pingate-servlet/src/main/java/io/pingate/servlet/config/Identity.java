package io.pingate.servlet.config;

import io.pingate.proxy.headers.IdentityHeaders;
import io.pingate.servlet.settings.AppDefaults;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads what tells the upstream who is signed in. */
public final class Identity {
    private Identity() {}

    /** What the client sends under one of these names is dropped, whether there is a value of our own for it or not. */
    public static IdentityHeaders read(SettingsReader settings, AppDefaults app) {
        IdentityHeaders headers = IdentityHeaders.none();
        for (String name : app.ownHeaders()) {
            headers = headers.reserving(name);
        }
        Map<String, String> extra = settings.required(Setting.EXTRA_HEADERS, Identity::extraHeaders);
        headers = withAll(headers, extra);
        headers =
                carry(settings, app, Setting.TRUSTED_EMAIL, headers, IdentityHeaders.EMAIL, app.emailHeaders(), extra);
        return carry(settings, app, Setting.TRUSTED_NAME, headers, IdentityHeaders.NAME, app.nameHeaders(), extra);
    }

    /** Sends a setting under its own name and under those of a preset, but for those that the user has set. */
    private static IdentityHeaders carry(
            SettingsReader settings,
            AppDefaults app,
            Setting setting,
            IdentityHeaders headers,
            String ownName,
            List<String> presetNames,
            Map<String, String> extra) {
        List<String> names = Stream.concat(
                        Stream.of(ownName), presetNames.stream().filter(name -> extra.keySet().stream()
                                .noneMatch(name::equalsIgnoreCase)))
                .toList();
        return settings.optional(setting, value -> {
                    IdentityHeaders all = headers;
                    String spelled = app.spelled(setting, value);
                    for (String name : names) {
                        all = all.with(name, spelled);
                    }
                    return all;
                })
                .orElse(headers);
    }

    private static Map<String, String> extraHeaders(String json) {
        if (json.equals(Setting.EXTRA_HEADERS.defaultValue())) {
            // Nothing that would be worth a parser.
            return Map.of();
        }
        Map<String, String> extra = JsonStrings.of(json);
        withAll(IdentityHeaders.none(), extra);
        return extra;
    }

    private static IdentityHeaders withAll(IdentityHeaders headers, Map<String, String> extra) {
        IdentityHeaders all = headers;
        for (Map.Entry<String, String> header : extra.entrySet()) {
            try {
                all = all.with(header.getKey(), header.getValue());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("\"" + header.getKey() + "\": " + e.getMessage(), e);
            }
        }
        return all;
    }
}
