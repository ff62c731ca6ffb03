package io.pingate.servlet.log;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes to a stream that others write to, too: each time whole lines at once. */
record StandardErrorLog(PrintStream stream) implements LogTarget {
    @Override
    public void write(List<String> lines) {
        byte[] bytes = (String.join(System.lineSeparator(), lines) + System.lineSeparator())
                .getBytes(StandardCharsets.ISO_8859_1);
        stream.write(bytes, 0, bytes.length);
        stream.flush();
    }
}
