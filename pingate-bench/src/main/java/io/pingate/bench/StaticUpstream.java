package io.pingate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An nginx with bodies of 1 KiB, 64 KiB and 16 MiB. */
final class StaticUpstream implements AutoCloseable {
    private final int port;
    private final Process process;

    private StaticUpstream(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    static StaticUpstream start(Path folder) throws IOException, InterruptedException {
        int port = Loopback.freePort();
        Path files = Files.createDirectories(folder.resolve("files"));
        Files.write(files.resolve("1k"), new byte[1024]);
        Files.write(files.resolve("64k"), new byte[64 * 1024]);
        Files.write(files.resolve("16m"), new byte[16 * 1024 * 1024]);
        String server = "sendfile on; server { listen 127.0.0.1:" + port + "; root " + files + "; }";
        Process process = Program.start(
                new NativeGates(folder).nginx("upstream", server), Map.of(), folder.resolve("upstream.log"));
        for (int tries = 0; Loopback.status(port, "/1k", "") != 200; tries++) {
            if (tries > 500) {
                throw new IOException("nginx does not start, see " + folder.resolve("upstream.log"));
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return new StaticUpstream(port, process);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        Program.stop(process);
    }
}
