package io.pingate.servlet.config;

import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.settings.Values;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a standalone gate's figures are to be had.
 *
 * @param host an address or a host name
 * @param port 0 for any free one
 */
public record MetricsAddress(String host, int port) {
    /**
     * Reads it from the settings.
     *
     * @param settings the settings
     * @param ownListener whether the gate listens by itself, so that the host has to be one
     * @return empty unless a port is set
     */
    public static Optional<MetricsAddress> read(SettingsReader settings, boolean ownListener) {
        String host = settings.required(Setting.METRICS_HOST, ownListener ? Values::host : Function.identity());
        return settings.optional(Setting.METRICS_PORT, Values::port).map(port -> new MetricsAddress(host, port));
    }
}
