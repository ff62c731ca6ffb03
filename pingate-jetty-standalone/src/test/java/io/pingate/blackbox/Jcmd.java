package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** Looks into a running JVM by the JDK's own tool. */
record Jcmd(long pid) {
    private static final int TRIES = 5;

    /** How many live objects of exactly that class there are. */
    int instances(String className) throws IOException, InterruptedException {
        return ask("GC.class_histogram")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 3 && columns[3].equals(className))
                .mapToInt(columns -> Integer.parseInt(columns[1]))
                .findFirst()
                .orElse(0);
    }

    List<String> threadsNamed(String regex) throws IOException, InterruptedException {
        Pattern name = Pattern.compile("\"[^\"]*(" + regex + ")[^\"]*\"");
        return ask("Thread.print")
                .lines()
                .filter(line -> name.matcher(line).lookingAt())
                .toList();
    }

    /** Several times if need be: it gives up after ten seconds on a JVM that is busy. */
    String ask(String command) throws IOException, InterruptedException {
        Finished answer;
        int tries = 0;
        do {
            answer = Finished.run(GateProcess.tool("jcmd"), String.valueOf(pid), command);
        } while (answer.exitCode() != 0 && ++tries < TRIES);
        assertEquals(0, answer.exitCode(), answer::text);
        return answer.text();
    }
}
