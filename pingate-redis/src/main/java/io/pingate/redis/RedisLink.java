package io.pingate.redis;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A connection, and all that is asked of it; nothing takes longer than it may. Once something has failed it is closed for good,
 * and another takes its place: whether a silent one lives, only a new one can tell.
 */
final class RedisLink implements AutoCloseable {
    /** How long an answer may take for which somebody waits; in the same network it is there in less than a millisecond. */
    static final Duration PATIENCE = Duration.ofMillis(250);

    /** The same where nobody does: a moment in which machines are busy is no reason to go on alone. */
    static final Duration LEISURE = Duration.ofSeconds(1);

    /** A bucket is forgotten when it is full again; it may be as much later. */
    private static final Duration LONGER = Duration.ofSeconds(10);

    private final StatefulRedisConnection<String, byte[]> connection;
    private final RedisAsyncCommands<String, byte[]> commands;
    private final ProxyManager<String> buckets;
    private volatile boolean closed;

    private RedisLink(StatefulRedisConnection<String, byte[]> connection) {
        this.connection = connection;
        this.commands = connection.async();
        this.buckets = Bucket4jLettuce.casBasedBuilder(connection)
                .requestTimeout(PATIENCE)
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(LONGER))
                .build();
    }

    static RedisLink open(RedisClient client, RedisURI uri) throws IOException {
        RedisCodec<String, byte[]> codec = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
        CompletableFuture<StatefulRedisConnection<String, byte[]>> connecting =
                client.connectAsync(codec, uri).toCompletableFuture();
        try {
            // The connection, then its handshake.
            return new RedisLink(answer(connecting, LEISURE.multipliedBy(2)));
        } catch (IOException e) {
            // Should it come all the same, nobody wants it any more.
            var unused = connecting.thenCompose(StatefulRedisConnection::closeAsync);
            throw e;
        }
    }

    /** A bucket there; what it is asked throws unchecked exceptions when there is no answer. */
    Bucket bucket(String key, BucketConfiguration configuration) {
        return buckets.builder().build(key, () -> configuration);
    }

    /** Sets what isn't set; false when it was. */
    boolean setOnce(String key, Duration kept) throws IOException {
        byte[] something = {'1'};
        return answer(commands.set(key, something, SetArgs.Builder.nx().ex(kept)), PATIENCE) != null;
    }

    Map<String, String> hash(String key) throws IOException {
        return answer(commands.hgetall(key), LEISURE).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> text(entry.getValue())));
    }

    void forget(String key, String field) throws IOException {
        answer(commands.hdel(key, field), LEISURE);
    }

    /** Has a script run there, as one step; it gives back texts. */
    List<String> run(Script script, List<String> keys, List<String> arguments) throws IOException {
        byte[][] values = arguments.stream()
                .map(argument -> argument.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        List<byte[]> texts = answer(
                commands.eval(script.text(), ScriptOutputType.MULTI, keys.toArray(String[]::new), values), LEISURE);
        return texts.stream().map(RedisLink::text).toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static <T> T answer(Future<T> future, Duration patience) throws IOException {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            future.cancel(false);
            throw new IOException("no answer within " + patience.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(Reason.of(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Waits for it: a client that ends meanwhile would close it once more, and tell the log. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            answer(connection.closeAsync(), PATIENCE);
        } catch (IOException e) {
            // Whatever is left of it ends with the client.
        }
    }
}
