package io.pingate.servlet.proxy;

import io.pingate.servlet.PinGateSettings;

class JettyWebSocketTest extends WebSocketSuite {
    @Override
    Gate start(PinGateSettings settings) throws Exception {
        return new JettyGate(settings);
    }
}
