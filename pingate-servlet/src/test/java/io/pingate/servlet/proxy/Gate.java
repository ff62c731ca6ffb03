package io.pingate.servlet.proxy;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.SettingsSource;
import java.io.Closeable;
import java.util.Map;

/** The filter and the proxy servlet in some container; what is under {@code /open/} needs no cookie. */
interface Gate extends Closeable {
    int port();

    @Override
    void close();

    static PinGateSettings settings(int upstreamPort, String upstreamTimeout) {
        Map<String, String> settings = Map.of(
                "pin", "4711",
                "secret", "the key of this test",
                "upstream", "http://127.0.0.1:" + upstreamPort,
                "upstreamTimeout", upstreamTimeout,
                "publicPaths", "/open/*");
        return PinGateSettings.loadInContainer(SettingsSource.initParameters(settings::get));
    }
}
