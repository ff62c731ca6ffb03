package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Deadline;
import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract section 8: the WAR comes and goes, and leaves nothing behind in its container. */
@Timeout(600)
class RedeployIT {
    private static final String[] UPGRADE = {
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13"
    };

    static Stream<Arguments> containers() {
        return Stream.of(
                Arguments.of(
                        "tomcat10-redeploy",
                        TomcatGate.tomcat10(),
                        "org.apache.catalina.loader.ParallelWebappClassLoader"),
                Arguments.of(
                        "tomcat11-redeploy",
                        TomcatGate.tomcat11(),
                        "org.apache.catalina.loader.ParallelWebappClassLoader"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("containers")
    void nothing_of_the_war_is_left_when_undeployed(String name, Stage.Recipe recipe, String classLoader)
            throws Exception {
        try (Stage stage = Stage.open(name, recipe)) {
            Path war = stage.gate().home().resolve("webapps/ROOT.war");
            Path aside = stage.gate().home().resolve("ROOT.war");
            Jcmd jcmd = new Jcmd(stage.gate().pid());
            for (int round = 0; round < 2; round++) {
                assertEquals(1, jcmd.instances(classLoader));
                useAndUndeploy(stage, () -> Files.move(war, aside));
                assertTrue(
                        Deadline.reached(Deadline.USUAL, () -> jcmd.instances(classLoader) == 0),
                        "the WAR's classes are still held");
                assertEquals(List.of(), jcmd.threadsNamed("pingate|HttpClient|bucket4j"));
                try (Stream<Path> left = Files.list(stage.gate().state().resolve("running"))) {
                    assertEquals(List.of(), left.toList());
                }
                Files.move(aside, war);
                assertTrue(Deadline.reached(Deadline.START, () -> status(stage, "/pin/health") == 200));
            }
            assertFalse(
                    stage.gate().log().contains("to create a memory leak"),
                    stage.gate().log());
        }
    }

    /** With all that could hold on to something under way: a kept connection, a stream, a socket, a waiting request. */
    private static void useAndUndeploy(Stage stage, Callable<?> undeploy) throws Exception {
        RawUpstream upstream = stage.upstream();
        upstream.forget();
        assertEquals(200, status(stage, "/"));
        upstream.forget();
        upstream.byHand();
        try (RawClient stream = stage.client();
                RawClient socket = stage.client();
                RawClient waiting = stage.client()) {
            stream.send(request(stage, "/events"));
            Exchange events = upstream.next().send("HTTP/1.1 200 OK\r\n\r\n");
            stream.in().head();
            socket.send(request(stage, "/socket", UPGRADE));
            Exchange tunnel = upstream.next().send(WebSocketContract.SWITCHED);
            socket.in().head();
            waiting.send(request(stage, "/think"));
            Exchange thought = upstream.next();

            undeploy.call();
            assertTrue(Deadline.reached(Deadline.START, () -> status(stage, "/pin/health") == 404));
            for (Exchange exchange : List.of(events, tunnel, thought)) {
                // A socket is told 1001 before its end.
                String unused = exchange.in().toTheEnd();
                exchange.close();
            }
        }
        upstream.forget();
    }

    /** 0 while a connection ends without an answer, as it may when its server's insides are being exchanged. */
    private static int status(Stage stage, String target) throws IOException {
        try (RawClient client = stage.client()) {
            return client.send(request(stage, target)).response().status();
        } catch (EOFException | SocketException noAnswer) {
            return 0;
        }
    }

    private static String request(Stage stage, String target, String... lines) {
        return GateContract.stranger(
                "GET",
                target,
                Stream.concat(Stream.of("Cookie: " + stage.cookie()), Stream.of(lines))
                        .toArray(String[]::new));
    }
}
