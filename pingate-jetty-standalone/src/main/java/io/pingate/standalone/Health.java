package io.pingate.standalone;

import io.pingate.servlet.config.HealthAddress;
import io.pingate.servlet.config.UpstreamTls;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the gate that the settings name whether it is well, as a container's health check does every few seconds. */
final class Health {
    static final String COMMAND = "health";

    /** What a health check of Docker's and Kubernetes's expects of a program that is not well. */
    static final int UNWELL = 1;

    private static final Set<String> FLAGS = Set.of(
            Setting.HOST.flag(),
            Setting.PORT.flag(),
            Setting.TLS_CERT_FILE.flag(),
            Setting.GATE_PATH.flag(),
            Setting.CONFIG.flag());

    private static final int TIMEOUT_MILLIS = 3_000;
    /** As much of the answer as says how it went. */
    private static final int STATUS_BYTES = 12;

    private Health() {}

    /**
     * Asks once.
     *
     * @param flags the value of a flag such as {@code --port}, or null
     * @param ready whether the program behind the gate has to be well, too
     * @param err hears in one line why the gate isn't well
     * @return the exit code
     */
    static int ask(Function<String, @Nullable String> flags, boolean ready, PrintWriter err) {
        HealthAddress gate = HealthAddress.read(
                SettingsSource.flags(flags), SettingsSource.systemProperties(), SettingsSource.environment());
        String where = gate.host() + " port " + gate.port();
        try {
            String status = status(gate, ready);
            if (status.equals("HTTP/1.1 200")) {
                return 0;
            }
            if (ready && status.equals("HTTP/1.1 503")) {
                tell(err, "the gate at " + where + " is up, but what is behind it can't be used");
                return UNWELL;
            }
            tell(
                    err,
                    status.startsWith("HTTP/1.1 ")
                            ? "the gate at " + where + " answers " + status.substring("HTTP/1.1 ".length())
                            : "what listens at " + where + " is no gate");
        } catch (ConnectException e) {
            tell(err, "nobody listens at " + where);
        } catch (SocketTimeoutException e) {
            tell(err, "the gate at " + where + " does not answer within " + TIMEOUT_MILLIS / 1000 + " s");
        } catch (UnknownHostException e) {
            tell(err, "there is no address for " + gate.host());
        } catch (IOException e) {
            tell(err, "the gate at " + where + " breaks off: " + e.getMessage());
        }
        return UNWELL;
    }

    /** Whether all that is set has something to say here; the rest is a mistake, which {@link GateCommand} tells. */
    static boolean knowsAll(PlainFlags flags) {
        return !flags.demo() && FLAGS.containsAll(flags.values().keySet());
    }

    /** The first letters of the answer: version and status. */
    private static String status(HealthAddress gate, boolean ready) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(gate.host(), gate.port()), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            // A gate with the sample PIN opens under no other name.
            String page = ready ? gate.paths().ready() : gate.paths().health();
            Socket spoken = gate.tls() ? encrypted(socket) : socket;
            String request = "GET " + page + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            spoken.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream answer = spoken.getInputStream();
            return new String(answer.readNBytes(STATUS_BYTES), StandardCharsets.ISO_8859_1);
        }
    }

    /** Whose certificate it is doesn't matter: it is this machine that is asked, by an address that no certificate has. */
    private static Socket encrypted(Socket socket) throws IOException {
        UpstreamTls unchecked = new UpstreamTls(List.of(), Optional.empty(), false);
        return unchecked
                .sslContext()
                .getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
    }

    private static void tell(PrintWriter err, String line) {
        err.println("pingate: " + LogText.of(line));
        err.flush();
    }
}
