package io.pingate.fuzz;

import io.pingate.testing.Exchange;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireInput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What an upstream does that answers each head at once, before its body, and keeps what it got. */
final class Recorder implements RawUpstream.Script {
    private static final String OK_TO_HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";

    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> faults = new LinkedBlockingQueue<>();

    /** The heads since the last time, each with its empty line. */
    List<String> requests() {
        List<String> taken = new ArrayList<>();
        requests.drainTo(taken);
        return taken;
    }

    /** What came that was no request. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void play(Exchange exchange) throws IOException {
        String head = exchange.head().text();
        requests.add(head);
        exchange.send(head.startsWith("HEAD ") ? OK_TO_HEAD : RawUpstream.OK);
        if (exchange.head().isChunked()) {
            skipChunks(exchange.in());
        } else {
            exchange.body(OutputStream.nullOutputStream());
        }
    }

    private void skipChunks(WireInput in) throws IOException {
        for (int size = size(in); size > 0; size = size(in)) {
            in.copy(size, OutputStream.nullOutputStream());
            in.until("\r\n");
        }
        in.until("\r\n");
    }

    private int size(WireInput in) throws IOException {
        String line = in.until("\r\n");
        if (!line.matches("[0-9a-fA-F]{1,8}\r\n")) {
            faults.add("chunk of size " + line);
            throw new IOException("not a chunk: " + line);
        }
        return Integer.parseUnsignedInt(line.strip(), 16);
    }
}
