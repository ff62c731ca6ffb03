package io.pingate.desync;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many random clients at once against a gate, with a random upstream behind it.
 *
 * <p>The gate's upstream is {@link #upstreamPort}; its public path is {@code /hook/*}.
 */
public final class Hunt implements AutoCloseable {
    /**
     * How to hunt.
     *
     * @param seed the same seed draws the same exchanges
     * @param exchanges how many
     * @param most how long at most, however many are left
     * @param connections how many clients at once
     * @param http2Percent how many connections of a hundred speak HTTP/2
     * @param stopsEarly whether a few findings are enough
     * @param tolerated breaches that are counted but are no findings
     */
    public record Plan(
            long seed,
            int exchanges,
            Duration most,
            int connections,
            int http2Percent,
            boolean stopsEarly,
            Set<Breach> tolerated) {}

    /** The settings that the gate must have besides its PIN and its secret. */
    public static final Map<String, String> SETTINGS = Map.of(
            "PINGATE_TRUSTED_EMAIL",
            RequestJudge.EMAIL,
            "PINGATE_PUBLIC_PATHS",
            "/hook/*",
            "PINGATE_UPSTREAM_TIMEOUT",
            AnswerJudge.UPSTREAM_TIMEOUT_SECONDS + "s");

    private static final int ENOUGH = 5;
    /** How many of a hundred exchanges are slow uploads to an upstream that answers at once. */
    private static final int TRICKLING_PERCENT = 30;

    private final Plan plan;
    private final Ledger ledger;
    private final Upstream upstream;
    private final AtomicLong connections = new AtomicLong();

    public Hunt(Plan plan) throws IOException {
        this.plan = plan;
        this.ledger = new Ledger(plan.tolerated);
        this.upstream = new Upstream(ledger);
    }

    public int upstreamPort() {
        return upstream.port();
    }

    /**
     * Hunts until all is done.
     *
     * @param port the gate's
     * @param cookie a name and a value that open it
     */
    public Report run(int port, String cookie) throws InterruptedException {
        ledger.start();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < plan.connections; i++) {
            clients.add(Upstream.start("client", () -> {
                while (goesOn()) {
                    connect(connections.getAndIncrement(), port, cookie);
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        return new Report(plan, ledger);
    }

    private boolean goesOn() {
        return ledger.begun.get() < plan.exchanges
                && ledger.seconds() < plan.most.toSeconds()
                && !(plan.stopsEarly && ledger.findings().size() >= ENOUGH);
    }

    private void connect(long number, int port, String cookie) {
        Dice dice = new Dice(plan.seed, number);
        boolean http2 = dice.chance(plan.http2Percent);
        List<Exchange> exchanges = exchanges(dice, number, http2);
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
            if (http2) {
                new Http2Client(socket, exchanges, dice, cookie, ledger).run();
            } else {
                new Http1Client(socket, exchanges, dice.chance(40), cookie, ledger).run();
            }
        } catch (IOException e) {
            ledger.count("client connections that failed: " + e);
        }
    }

    private List<Exchange> exchanges(Dice dice, long number, boolean http2) {
        int count = dice.chance(40) ? 1 : dice.between(2, 6);
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = "q%08d-%04x".formatted(number * 10 + i, (plan.seed * 31 + number * 7 + i) & 0xFFFF);
            boolean trickles = dice.chance(TRICKLING_PERCENT);
            RequestPlan request = RequestDraw.draw(dice, id, http2, http2 || i == count - 1, trickles);
            AnswerPlan answer = AnswerDraw.draw(dice, id, request.most(), trickles);
            exchanges.add(ledger.enter(new Exchange(request, answer, exchanges)));
        }
        return exchanges;
    }

    @Override
    public void close() throws IOException {
        upstream.close();
    }
}
