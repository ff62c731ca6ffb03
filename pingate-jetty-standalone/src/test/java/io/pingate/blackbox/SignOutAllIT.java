package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract section 2: everybody is signed out of the gates that run, and it is told whether they are. */
@Timeout(600)
class SignOutAllIT {
    static Stream<Arguments> gates() {
        return Stream.of(
                Arguments.of("standalone-sign-out", (Stage.Recipe) StandaloneGate::new),
                Arguments.of("tomcat10-sign-out", TomcatGate.tomcat10()),
                Arguments.of("tomcat11-sign-out", TomcatGate.tomcat11()),
                Arguments.of("jettywar-sign-out", (Stage.Recipe) JettyGate::new));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gates")
    void running_gate_is_reached_and_named(String name, Stage.Recipe recipe) throws Exception {
        try (Stage stage = Stage.open(name, recipe)) {
            Path state = stage.gate().state();
            String process = "process " + stage.gate().pid();
            assertEquals(200, status(stage));

            Finished elsewhere = Finished.signOutAll(stage.gate().home().resolve("other"));
            assertEquals(1, elsewhere.exitCode());
            assertTrue(elsewhere.text().contains("no running gate uses the state folder"), elsewhere::text);
            assertTrue(elsewhere.text().contains(process + " uses " + state), elsewhere::text);
            assertEquals(200, status(stage));

            // Nobody asks the gate for anything meanwhile.
            Finished told = Finished.signOutAll(state);
            assertEquals(0, told.exitCode(), told::text);
            assertTrue(
                    told.text().contains("Everybody is signed out of the running gate in " + process + "."),
                    told::text);
            assertEquals(401, status(stage));

            // SIGKILL: the gate can leave no word.
            stage.gate().close();
            Finished none = Finished.signOutAll(state);
            assertEquals(1, none.exitCode());
            assertTrue(none.text().contains("no running gate uses the state folder " + state), none::text);
            try (Stream<Path> left = Files.list(state.resolve("running"))) {
                assertEquals(List.of(), left.toList());
            }
        }
    }

    private static int status(Stage stage) throws Exception {
        stage.upstream().forget();
        return new Visitor(stage).status(stage.cookie());
    }
}
