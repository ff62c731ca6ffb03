package io.pingate.examples.jetty;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.handler.PinGateHandler;
import io.pingate.servlet.settings.SettingsSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.server.Server;

/** A gate of one's own before another program: {@code PINGATE_UPSTREAM} names it, and {@code PINGATE_PIN} the PIN. */
public final class GateOnJetty {
    private GateOnJetty() {}

    /** Serves port 8080 until the process ends. */
    public static void main(String[] args) throws Exception {
        start(8080, SettingsSource.systemProperties(), SettingsSource.environment())
                .join();
    }

    static Server start(int port, SettingsSource... sources) throws Exception {
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        PinGateSettings settings = PinGateSettings.loadInContainer(sources);
        server.setHandler(new PinGateHandler(settings, request -> {}));
        server.start();
        return server;
    }
}
