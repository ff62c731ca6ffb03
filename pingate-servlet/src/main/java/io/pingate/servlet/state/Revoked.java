package io.pingate.servlet.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was revoked before its time, by ids: a file in the state folder, which grows by a command and is taken up by the gates
 * that run. Its first line counts its changes; each other line is an id and when it would have expired anyway, in unix
 * seconds.
 *
 * <p>As long as the file can't be read nothing is known to be good. What was revoked once stays so while a gate runs,
 * whatever becomes of the file. Thread-safe.
 */
public final class Revoked {
    static final String FILE = "revoked";

    private static final Logger LOG = LoggerFactory.getLogger(Revoked.class);
    private static final String NUMBER = "[0-9]{1,18}";
    private static final String ENTRY = "[A-Za-z0-9_-]{1,64} [0-9]{1,12}";
    /** An id outlives its time for a while, since somebody may set the clock back. */
    private static final long KEPT_SECONDS = 30L * 24 * 60 * 60;

    private final Map<String, Long> known = new HashMap<>();
    private Optional<String> text = Optional.empty();
    private boolean readable = true;
    private boolean begun;
    private long revision;

    /** What is known of an id. */
    public enum Standing {
        GOOD,
        REVOKED,
        UNKNOWN
    }

    /** What is known of an id. */
    public synchronized Standing standing(String id) {
        if (known.containsKey(id)) {
            return Standing.REVOKED;
        }
        return readable ? Standing.GOOD : Standing.UNKNOWN;
    }

    /** {@return all that was revoked, with the expiry of each in unix seconds} */
    public synchronized Map<String, Long> known() {
        return Map.copyOf(known);
    }

    /** Takes up what was revoked elsewhere. */
    synchronized void heard(Map<String, Long> ids) {
        if (!known.keySet().containsAll(ids.keySet())) {
            LOG.info("tokens were revoked");
        }
        known.putAll(ids);
    }

    /** Adds to the file what isn't there. */
    static void keep(StateFolder state, Map<String, Long> ids, long now) throws IOException {
        Map<String, Long> lasting = new HashMap<>(ids);
        lasting.values().removeIf(expiry -> expiry + KEPT_SECONDS < now);
        if (!read(state).ids.keySet().containsAll(lasting.keySet())) {
            state.exclusively(() -> add(state, lasting, now));
        }
    }

    synchronized long revision() {
        return revision;
    }

    /** Reads the file again; true when there is something new in it. */
    synchronized boolean look(StateFolder state) {
        try {
            Optional<String> found = state.text(FILE);
            if (readable && found.equals(text)) {
                return false;
            }
            take(Contents.of(found, state.path().resolve(FILE)));
            text = found;
            readable = true;
            return true;
        } catch (IOException | IllegalArgumentException e) {
            if (readable) {
                LOG.warn("no token opens this gate: which ones were revoked can't be read ({})", Epoch.reason(e));
            }
            readable = false;
            return false;
        }
    }

    private void take(Contents contents) {
        // What was revoked before the start is no news.
        if (begun && !known.keySet().containsAll(contents.ids.keySet())) {
            LOG.info("tokens were revoked");
        }
        begun = true;
        known.putAll(contents.ids);
        revision = Math.max(revision, contents.revision);
    }

    /**
     * Revokes, and looks for some seconds whether the gates that run have taken it up.
     *
     * @param state the folder
     * @param ids what is revoked, each with its expiry in unix seconds
     * @param now the present time in unix seconds
     * @param elsewhere gates on other machines, who are told too; empty for none
     * @return what has become of it
     * @throws IOException when the folder can't be written to; then nothing is revoked
     */
    public static Raised revoke(
            StateFolder state, Map<String, Long> ids, long now, Optional<? extends Elsewhere> elsewhere)
            throws IOException {
        Path file = state.path().resolve(FILE);
        long revision = state.exclusively(() -> add(state, ids, now));
        Reach reach = Reach.HERE;
        if (elsewhere.isPresent()) {
            try {
                elsewhere.get().revoke(ids);
                reach = Reach.EVERYWHERE;
            } catch (IOException e) {
                reach = Reach.failed(e.getMessage() + "");
            }
        }
        return Raised.observeRevision(state, file, revision).reaching(reach);
    }

    private static long add(StateFolder state, Map<String, Long> ids, long now) throws IOException {
        Contents contents = read(state);
        contents.ids.values().removeIf(expiry -> expiry + KEPT_SECONDS < now);
        contents.ids.putAll(ids);
        // Gates of another user's than root have to read it, and it holds no secret.
        state.replace(FILE, contents.text(contents.revision + 1), "rw-r--r--");
        return contents.revision + 1;
    }

    /**
     * The ids that were revoked.
     *
     * @throws IOException when they can't be read
     */
    public static Set<String> ids(StateFolder state) throws IOException {
        return read(state).ids.keySet();
    }

    private static Contents read(StateFolder state) throws IOException {
        Path file = state.path().resolve(FILE);
        try {
            return Contents.of(state.text(FILE), file);
        } catch (IllegalArgumentException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The file's, read. */
    private record Contents(long revision, Map<String, Long> ids) {
        /** @throws IllegalArgumentException when the text is something else */
        static Contents of(Optional<String> found, Path file) {
            Map<String, Long> ids = new HashMap<>();
            if (found.isEmpty()) {
                return new Contents(0, ids);
            }
            List<String> lines = found.get().lines().toList();
            // Written whole or not at all, so its end is there too.
            boolean whole = found.get().endsWith("\n") && lines.get(0).matches(NUMBER);
            if (!whole || !lines.stream().skip(1).allMatch(line -> line.matches(ENTRY))) {
                throw new IllegalArgumentException(file + " must hold a number, then ids with their expiry");
            }
            for (String line : lines.subList(1, lines.size())) {
                int blank = line.indexOf(' ');
                ids.put(line.substring(0, blank), Long.parseLong(line.substring(blank + 1)));
            }
            return new Contents(Long.parseLong(lines.get(0)), ids);
        }

        String text(long newRevision) {
            return newRevision + "\n"
                    + ids.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(id -> id.getKey() + " " + id.getValue() + "\n")
                            .collect(Collectors.joining());
        }
    }
}
