package io.pingate.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the store while a gate runs: there, or not there. Whoever finds that it isn't says so; only the pulse, by which
 * all that is ever asked is tried, finds that it is again. The log has one line for each.
 */
final class Store {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final int THREADS = 2;
    private static final long STOP_SECONDS = 5;

    private final RedisURI uri;
    private volatile @Nullable RedisLink link;
    private volatile @Nullable RedisClient client;
    private boolean begun;
    private boolean away;

    Store(RedisURI uri) {
        this.uri = uri;
    }

    /** What is done with a connection. */
    interface Work<T> {
        T on(RedisLink link) throws IOException;
    }

    /** Where it is, without a password. */
    String name() {
        return uri.getHost() + ":" + uri.getPort();
    }

    synchronized void open() {
        client = client();
        begun = false;
        away = false;
    }

    /** Its threads are few, and end with it. */
    private static RedisClient client() {
        ClientResources resources = ClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .build();
        RedisClient client = RedisClient.create(resources);
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .pingBeforeActivateConnection(false)
                // What the gate asks is as old; and a store without a password needs no handshake.
                .protocolVersion(ProtocolVersion.RESP2)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(RedisLink.LEISURE)
                        .build())
                .build());
        return client;
    }

    synchronized void close() {
        RedisLink last = link;
        link = null;
        if (last != null) {
            last.close();
        }
        RedisClient ending = client;
        client = null;
        if (ending != null) {
            end(ending);
        }
    }

    private static void end(RedisClient client) {
        client.shutdown(0, STOP_SECONDS, TimeUnit.SECONDS);
        client.getResources()
                .shutdown(0, STOP_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Does something with the store, if it is there.
     *
     * @throws IOException when it isn't, or is no more; then nobody asks it before the pulse has found it again
     */
    <T> T ask(Work<T> work) throws IOException {
        RedisLink now = link;
        if (now == null) {
            throw new IOException("away");
        }
        return ask(now, work);
    }

    private <T> T ask(RedisLink now, Work<T> work) throws IOException {
        try {
            return work.on(now);
        } catch (IOException e) {
            lost(now, e.getMessage() + "");
            throw e;
        } catch (RuntimeException e) {
            // Of the libraries' many kinds.
            String reason = Reason.of(e);
            lost(now, reason);
            throw new IOException(reason, e);
        }
    }

    boolean isThere() {
        return link != null;
    }

    /** Tries the store, with a new connection if need be. Returns why it isn't there; empty when it is. */
    String pulse(Work<Boolean> beat) {
        RedisClient open = client;
        RedisLink now = link;
        if (open == null) {
            return "closed";
        }
        try {
            if (now == null) {
                now = RedisLink.open(open, uri);
            }
            var unused = ask(now, beat);
            found(now);
            return "";
        } catch (IOException | RuntimeException e) {
            String reason = e instanceof IOException ? e.getMessage() + "" : Reason.of(e);
            lost(now, reason);
            return reason;
        }
    }

    /** For a command: a connection of its own, and all that belongs to it, for as long as it takes. */
    <T> T once(Work<T> work) throws IOException {
        RedisClient alone = client();
        try (RedisLink own = RedisLink.open(alone, uri)) {
            return work.on(own);
        } catch (IOException e) {
            throw new IOException("Redis at " + name() + " can't be used (" + e.getMessage() + ")", e);
        } finally {
            end(alone);
        }
    }

    private synchronized void found(RedisLink now) {
        if (client == null || now.isClosed()) {
            now.close();
            return;
        }
        link = now;
        if (away) {
            LOG.info("Redis at {} is back: wrong PINs, links, sign-outs and revoked tokens are shared again", name());
        } else if (!begun) {
            LOG.info("shares wrong PINs, links, sign-outs and revoked tokens by Redis at {}", name());
        }
        begun = true;
        away = false;
    }

    private synchronized void lost(@Nullable RedisLink failed, String reason) {
        if (failed != null) {
            failed.close();
        }
        if (client == null || (link != null && link != failed)) {
            return;
        }
        link = null;
        if (!away) {
            LOG.warn(
                    "Redis at {} can't be used ({}): until it is back, this gate grants few tries at the PIN, refuses"
                            + " links that sign in once, and doesn't hear when others sign everybody out or revoke tokens;"
                            + " whoever is signed in stays so",
                    name(),
                    reason);
        }
        away = true;
    }
}
