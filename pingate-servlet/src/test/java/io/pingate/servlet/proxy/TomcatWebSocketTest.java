package io.pingate.servlet.proxy;

import io.pingate.servlet.PinGateSettings;

class TomcatWebSocketTest extends WebSocketSuite {
    @Override
    Gate start(PinGateSettings settings) throws Exception {
        return new TomcatGate(settings, "org.apache.coyote.http11.Http11NioProtocol");
    }
}
