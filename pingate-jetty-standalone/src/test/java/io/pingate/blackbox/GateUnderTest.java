package io.pingate.blackbox;

import java.io.IOException;
import java.nio.file.Path;

/** A gate as its users run it: a process of its own, reached by its port and judged by its answers and its log. */
interface GateUnderTest extends AutoCloseable {
    int port();

    /** Everything that it wrote so far, wherever it logs to. */
    String log() throws IOException;

    long pid();

    /** SIGTERM, as an orchestrator stops it; returns when the process has ended. */
    void stop() throws Exception;

    /** Stopped and started again with the same settings and the same files, mostly on another port. */
    void restart() throws Exception;

    /** Where it keeps its files. */
    Path home();

    /** Ends the process in any case. */
    @Override
    void close();
}
