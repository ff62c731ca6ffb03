package io.pingate.servlet.config;

import io.pingate.proxy.forwarded.AskedRequest;
import io.pingate.proxy.forwarded.TrustedProxies;
import io.pingate.proxy.headers.IdentityHeaders;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import java.util.Optional;

/**
 * What the answers to proxies that ask about a request go by.
 *
 * @param trusted the proxies that may tell what they ask about
 * @param targetField the field that they always set; empty when unknown
 * @param identity what they learn of a signed-in client
 * @param gateAddress where the gate's pages are for everybody, without a slash at its end; empty when on every host
 */
public record ForwardAuthSettings(
        TrustedProxies trusted, Optional<String> targetField, IdentityHeaders identity, Optional<String> gateAddress) {
    /** Reads them. */
    public static ForwardAuthSettings read(
            SettingsReader settings, TrustedProxies trusted, IdentityHeaders identity, Optional<String> gateAddress) {
        return new ForwardAuthSettings(
                trusted, settings.optional(Setting.AUTH_URI_HEADER, ForwardAuthSettings::field), identity, gateAddress);
    }

    private static String field(String text) {
        return AskedRequest.TARGET_FIELDS.stream()
                .filter(text::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "must be one of " + String.join(", ", AskedRequest.TARGET_FIELDS)));
    }
}
