package io.pingate.servlet.config;

import io.pingate.PinGatePaths;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.servlet.settings.Values;
import java.util.List;

/**
 * Where a gate that runs on this machine says how it is.
 *
 * @param host an address that leads to it
 * @param port its port
 * @param tls whether it speaks TLS
 * @param paths where its own pages live
 */
public record HealthAddress(String host, int port, boolean tls, PinGatePaths paths) {
    /**
     * Reads as much of a gate's settings as says where it listens; nothing else has to be right, or to be there.
     *
     * @param sources where to look; an earlier one wins
     * @return the address
     * @throws io.pingate.servlet.settings.SettingsException when the settings name none
     */
    public static HealthAddress read(SettingsSource... sources) {
        SettingsReader settings = new SettingsReader(List.of(sources));
        String host = settings.required(Setting.HOST, Values::host);
        int port = settings.required(Setting.PORT, Values::port);
        PinGatePaths paths = settings.required(Setting.GATE_PATH, PinGatePaths::under);
        if (port == 0 && !settings.isFaulty(Setting.PORT)) {
            settings.fault(Setting.PORT, "is 0, which leaves the choice to the gate; name the port that it told");
        }
        boolean tls = settings.isGiven(Setting.TLS_CERT_FILE);
        settings.finish();
        return new HealthAddress(reachable(host), port, tls, paths);
    }

    /**
     * Where what listens can be reached on this machine: nobody is at the address that stands for all of them.
     *
     * @param host an address or a name to listen on
     * @return one that leads there
     */
    public static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "::1";
            default -> host;
        };
    }
}
