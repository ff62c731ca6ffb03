package io.pingate.servlet.access;

import io.pingate.PinGatePaths;
import io.pingate.servlet.log.LineLog;
import io.pingate.servlet.log.LineWriter;
import io.pingate.servlet.log.LogPlace;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line for each request. Whoever notes one never waits; what can't be written as fast as it comes is left out. */
public final class AccessLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    private final AccessFormat format;
    private final Secrets secrets;
    private final LineLog log;

    AccessLog(AccessFormat format, PinGatePaths paths, LineWriter writer, LogPlace place) {
        this.format = format;
        this.secrets = new Secrets(paths);
        this.log = writer.open("The access log", place, AccessLog::tellLeftOut);
    }

    /** Elsewhere: who reads an access log takes each line for a request. */
    private static List<String> tellLeftOut(long count) {
        LOG.warn("{} lines of the access log were left out: they came faster than they could be written", count);
        return List.of();
    }

    /**
     * Notes a request that is over.
     *
     * @param entry the request, with the secrets that it may hold
     */
    public void note(AccessEntry entry) {
        log.write(format.line(withoutSecrets(entry)));
    }

    private AccessEntry withoutSecrets(AccessEntry entry) {
        AccessEntry.Line line = entry.line();
        return new AccessEntry(
                entry.time(),
                entry.client(),
                line == null
                        ? null
                        : new AccessEntry.Line(line.method(), secrets.inTarget(line.target()), line.protocol()),
                entry.status(),
                entry.bytes(),
                entry.duration(),
                mapped(entry.referer(), secrets::inReferer),
                mapped(entry.userAgent(), secrets::inText));
    }

    private static @Nullable String mapped(@Nullable String text, UnaryOperator<String> change) {
        return text == null ? null : change.apply(text);
    }

    /** Writes what is waiting, for two seconds at most. */
    @Override
    public void close() {
        log.close();
    }
}
