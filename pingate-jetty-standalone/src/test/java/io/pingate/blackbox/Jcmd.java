package io.pingate.blackbox;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** Looks into a running JVM by the JDK's own tool. */
record Jcmd(long pid) {
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

    String ask(String command) throws IOException, InterruptedException {
        return Finished.run(GateProcess.tool("jcmd"), String.valueOf(pid), command)
                .text();
    }
}
