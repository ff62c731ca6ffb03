package io.pingate.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Looks into a running JVM by the JDK's own tool. */
record Jcmd(long pid) {
    /** How many live objects of exactly that class there are. */
    int instances(String className) throws IOException {
        return ask("GC.class_histogram")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 3 && columns[3].equals(className))
                .mapToInt(columns -> Integer.parseInt(columns[1]))
                .findFirst()
                .orElse(0);
    }

    List<String> threadsNamed(String regex) throws IOException {
        Pattern name = Pattern.compile("\"[^\"]*(" + regex + ")[^\"]*\"");
        return ask("Thread.print")
                .lines()
                .filter(line -> name.matcher(line).lookingAt())
                .toList();
    }

    String ask(String command) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, String.valueOf(pid), command)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }
}
