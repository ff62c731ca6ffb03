package io.pingate.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A command that was run to its end, with all that it said. */
record Finished(int exitCode, String text) {
    static Finished run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Finished(process.waitFor(), text);
    }

    /** {@code java -jar pingate.jar sign-out-all}, behind a launcher if one is given. */
    static Finished signOutAll(Path state, String... launcher) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher));
        command.add(GateProcess.tool("java"));
        // Whatever the launcher forbids to write, the JVM doesn't want to.
        command.add("-XX:-UsePerfData");
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(StandaloneGate.PROGRAM);
        command.add("sign-out-all");
        command.add("--state-dir=" + state);
        return run(command.toArray(String[]::new));
    }
}
