package io.pingate.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers each head at once, before its body, and keeps what it got. */
final class RawUpstream {
    private static final byte[] OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(ISO_8859_1);
    private static final byte[] OK_TO_HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n".getBytes(ISO_8859_1);

    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> faults = new LinkedBlockingQueue<>();
    private final ServerSocket listener;

    private RawUpstream(ServerSocket listener) {
        this.listener = listener;
    }

    static RawUpstream start() {
        try {
            RawUpstream upstream = new RawUpstream(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            run(upstream::accept);
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

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

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                run(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            for (String head = head(in); head != null; head = head(in)) {
                requests.add(head);
                socket.getOutputStream().write(head.startsWith("HEAD ") ? OK_TO_HEAD : OK);
                if (!skipBody(in, head.toLowerCase(Locale.ROOT))) {
                    return;
                }
            }
        } catch (IOException e) {
            // The gate closes connections as it likes.
        }
    }

    /** Null at the end of the connection; what comes before it and is no whole head is the gate's way to give one up. */
    private static String head(InputStream in) throws IOException {
        return until(in, "\r\n\r\n");
    }

    private boolean skipBody(InputStream in, String head) throws IOException {
        if (head.contains("\r\ntransfer-encoding: chunked\r\n")) {
            return skipChunks(in);
        }
        int at = head.indexOf("\r\ncontent-length: ");
        if (at < 0) {
            return true;
        }
        int end = head.indexOf('\r', at + 2);
        long length = Long.parseLong(head.substring(at + "\r\ncontent-length: ".length(), end));
        return in.skip(0) == 0 && in.readNBytes((int) Math.min(length, Integer.MAX_VALUE)).length == length;
    }

    private boolean skipChunks(InputStream in) throws IOException {
        while (true) {
            String line = until(in, "\r\n");
            if (line == null) {
                return false;
            }
            if (!line.matches("[0-9a-fA-F]{1,8}\r\n")) {
                faults.add("chunk of size " + line);
                return false;
            }
            int size = Integer.parseUnsignedInt(line.strip(), 16);
            if (size == 0) {
                return until(in, "\r\n") != null;
            }
            if (in.readNBytes(size).length < size || until(in, "\r\n") == null) {
                return false;
            }
        }
    }

    private static String until(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int read = in.read(); read >= 0; read = in.read()) {
            text.append((char) read);
            if (read == '\n' && text.indexOf(end, text.length() - end.length()) >= 0) {
                return text.toString();
            }
        }
        return null;
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "fuzz-upstream");
        thread.setDaemon(true);
        thread.start();
    }
}
