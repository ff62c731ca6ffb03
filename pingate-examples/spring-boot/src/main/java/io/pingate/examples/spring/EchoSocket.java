package io.pingate.examples.spring;

import java.io.IOException;
import java.security.Principal;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/** A WebSocket that says who has said what. */
@Configuration
@EnableWebSocket
class EchoSocket extends TextWebSocketHandler implements WebSocketConfigurer {
    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        registry.addHandler(this, "/echo");
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
        Principal user = session.getPrincipal();
        session.sendMessage(new TextMessage((user == null ? "nobody" : user.getName()) + ": " + message.getPayload()));
    }
}
