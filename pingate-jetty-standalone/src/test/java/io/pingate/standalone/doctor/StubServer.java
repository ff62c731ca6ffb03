package io.pingate.standalone.doctor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A server in place of gate and front, which answers everything alike. */
final class StubServer implements AutoCloseable {
    /** Answers an exchange. */
    interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;

    StubServer(Answering answering) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                answering.answer(exchange);
            }
        });
        server.start();
    }

    /** The same text for everybody. */
    static StubServer saying(int status, String body, String... fields) throws IOException {
        return new StubServer(exchange -> say(exchange, status, body, fields));
    }

    static void say(HttpExchange exchange, int status, String body, String... fields) throws IOException {
        exchange.getRequestBody().readAllBytes();
        for (int i = 0; i < fields.length; i += 2) {
            exchange.getResponseHeaders().add(fields[i], fields[i + 1]);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    int port() {
        return server.getAddress().getPort();
    }

    Place place() {
        return Place.plain("127.0.0.1", port());
    }

    Probe probe() {
        return new Probe(place(), "/pin/doctor", "pgd1.secret.pass");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
