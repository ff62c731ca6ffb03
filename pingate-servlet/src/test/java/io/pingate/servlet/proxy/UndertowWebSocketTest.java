package io.pingate.servlet.proxy;

import io.pingate.servlet.PinGateSettings;

class UndertowWebSocketTest extends WebSocketSuite {
    @Override
    Gate start(PinGateSettings settings) throws Exception {
        return new UndertowGate(settings);
    }
}
