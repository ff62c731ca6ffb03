package io.pingate.redis;

import io.pingate.servlet.state.Epoch;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Twice a second: says that the gate runs, tells what it knows, and hears what others do. All gates come to know the same, and
 * so does a store that has lost what it held. Used by one thread at a time.
 */
final class Pulse {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    private static final int ID_BYTES = 8;
    /** A day less than the store keeps them, so that what it has forgotten isn't told again. */
    private static final long KEPT_SECONDS = 29L * 24 * 60 * 60;

    private final Keys keys;
    private final Epoch epoch;
    private final String self = random();
    /** Which list was heard last, and what was in it. */
    private String list = "";

    private final Set<String> there = new HashSet<>();

    Pulse(Keys keys, Epoch epoch) {
        this.keys = keys;
        this.epoch = epoch;
    }

    static String random() {
        byte[] id = new byte[ID_BYTES];
        new SecureRandom().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** Always true. */
    boolean beat(RedisLink link) throws IOException {
        long now = System.currentTimeMillis() / 1000;
        if (hear(link, now)) {
            // Who waits for this gate to have it is told at once.
            hear(link, now);
        }
        tell(link, now);
        return true;
    }

    private boolean hear(RedisLink link, long now) throws IOException {
        long mine = epoch.now().number();
        List<String> said = link.run(Script.BEAT, List.of(keys.state(), keys.gates()), List.of(mine + "", self, list));
        long common = number(said.get(0));
        boolean news = !said.get(1).equals(list);
        Map<String, Long> ids = new HashMap<>();
        if (news) {
            link.hash(keys.revoked()).forEach((id, end) -> {
                if (ID.matcher(id).matches() && SECONDS.matcher(end).matches()) {
                    ids.put(id, Long.parseLong(end));
                }
            });
            there.clear();
            there.addAll(ids.keySet());
            list = said.get(1);
        }
        epoch.heard(common, ids, now);
        return news || common > mine;
    }

    private static long number(String text) throws IOException {
        if (!text.matches("[0-9]{1,18}")) {
            throw new IOException("its epoch is no number");
        }
        return Long.parseLong(text);
    }

    private void tell(RedisLink link, long now) throws IOException {
        Map<String, Long> missing = new HashMap<>(epoch.revoked().known());
        missing.keySet().removeAll(there);
        missing.values().removeIf(end -> end + KEPT_SECONDS < now);
        if (!missing.isEmpty()) {
            revoke(link, keys, missing);
        }
    }

    /** Returns the name of the list in which they are. */
    static String revoke(RedisLink link, Keys keys, Map<String, Long> ids) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(random()));
        ids.forEach((id, end) -> arguments.addAll(List.of(id, end + "")));
        return link.run(Script.REVOKE, List.of(keys.state(), keys.revoked()), arguments)
                .get(0);
    }

    /** The gate runs no more. */
    boolean end(RedisLink link) throws IOException {
        link.forget(keys.gates(), self);
        return true;
    }
}
