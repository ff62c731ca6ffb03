package io.pingate.standalone.connector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.EndPoint;

/** The clients' connections, those that are being closed included: what goes over all of them is here. */
final class ClientConnections implements LingeringClose.Host {
    private static final int MAX_CLOSING = 4_096;

    private final Set<ClientEndPoint> open = ConcurrentHashMap.newKeySet();
    private final Set<LingeringClose> closing = ConcurrentHashMap.newKeySet();
    private final BooleanSupplier stopping;

    ClientConnections(BooleanSupplier stopping) {
        this.stopping = stopping;
    }

    void opened(EndPoint endPoint) {
        if (endPoint instanceof ClientEndPoint client) {
            open.add(client);
        }
    }

    void closed(EndPoint endPoint) {
        if (endPoint instanceof ClientEndPoint client) {
            open.remove(client);
        }
    }

    @Override
    public boolean enter(LingeringClose connection) {
        return !stopping.getAsBoolean() && closing.size() < MAX_CLOSING && closing.add(connection);
    }

    @Override
    public void leave(LingeringClose connection) {
        closing.remove(connection);
    }

    int size() {
        return open.size() + closing.size();
    }

    void sweep(ConnectionLimits limits) {
        open.forEach(connection -> connection.sweep(limits));
        closing.forEach(LingeringClose::sweep);
    }

    /** Closes up to that many, the least worth first, and none with a request that the gate has let in. */
    int shed(int wanted) {
        int done = 0;
        for (LingeringClose connection : closing) {
            if (done == wanted) {
                return done;
            }
            connection.close();
            done++;
        }
        for (Candidate candidate : leastWorthFirst(wanted - done)) {
            candidate.connection.closeAtOnce(null);
            done++;
        }
        return done;
    }

    private List<Candidate> leastWorthFirst(int wanted) {
        List<Candidate> candidates = new ArrayList<>();
        for (ClientEndPoint connection : open) {
            ClientActivity.Worth worth = connection.activity().worth();
            if (worth != ClientActivity.Worth.ADMITTED) {
                candidates.add(
                        new Candidate(connection, worth, connection.activity().since()));
            }
        }
        long now = System.nanoTime();
        // As they were when they were looked at: a connection that changes meanwhile would break the order's rules.
        candidates.sort(Comparator.comparing(Candidate::worth).thenComparing(candidate -> candidate.since - now));
        return candidates.subList(0, Math.min(wanted, candidates.size()));
    }

    private record Candidate(ClientEndPoint connection, ClientActivity.Worth worth, long since) {}
}
