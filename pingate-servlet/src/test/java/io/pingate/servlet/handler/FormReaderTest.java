package io.pingate.servlet.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pingate.servlet.page.Dress;
import io.pingate.servlet.page.ErrorPages;
import io.pingate.servlet.page.Facts;
import io.pingate.testing.RawClient;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormReaderTest {
    /** As where the system gives no further thread. */
    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void client_is_told_when_the_pin_cannot_even_be_tried(int first) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                ErrorPages errors = new ErrorPages(new Dress(Facts.NONE));
                FormReader.read(request, response, callback, Duration.ofMinutes(1), errors, form -> {
                    throw new OutOfMemoryError("unable to create native thread");
                });
                return true;
            }
        });
        server.start();
        String form = "pin=4711";
        try (RawClient client = RawClient.to(connector.getLocalPort());
                RawClient other = RawClient.to(connector.getLocalPort())) {
            client.send(HandlerServer.form("Content-Length: 8") + form.substring(0, first));
            // So that the first piece is read by itself.
            assertEquals(
                    500,
                    other.send(HandlerServer.form("Content-Length: 8") + form)
                            .response()
                            .status());
            assertEquals(500, client.send(form.substring(first)).response().status());
        } finally {
            server.stop();
        }
    }
}
