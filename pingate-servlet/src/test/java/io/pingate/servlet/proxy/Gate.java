package io.pingate.servlet.proxy;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.settings.SettingsSource;
import java.io.Closeable;
import java.util.Map;

/** The gate and its proxy in some container; what is under {@code /open/} needs no cookie. */
public interface Gate extends Closeable {
    public int port();

    @Override
    public void close();

    public static PinGateSettings settings(int upstreamPort, String upstreamTimeout) {
        Map<String, String> settings = Map.of(
                "pin", "4711",
                "secret", "the key of this test",
                "upstream", "http://127.0.0.1:" + upstreamPort,
                "upstreamTimeout", upstreamTimeout,
                "publicPaths", "/open/*");
        return PinGateSettings.loadInContainer(SettingsSource.initParameters(settings::get));
    }
}
