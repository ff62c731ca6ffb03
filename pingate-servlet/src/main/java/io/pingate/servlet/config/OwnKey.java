package io.pingate.servlet.config;

import io.pingate.servlet.state.StateFolder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The key of a gate that is given none: read once, so that it stays while the gate runs, kept or not. */
public final class OwnKey {
    private static final String UNTIL_RESTART =
            "Cookies are signed with a key in memory, so a restart signs everybody out; set PINGATE_SECRET or "
                    + "PINGATE_STATE_DIR to keep them.";

    private final StateFolder state;
    private byte @Nullable [] bytes;
    private boolean kept;

    public OwnKey(StateFolder state) {
        this.state = state;
    }

    /** The key; the first to ask for it hears what is wrong with where it is kept. */
    synchronized byte[] bytes(Consumer<String> warnings) {
        byte[] known = bytes;
        if (known == null) {
            known = state.key(warnings, UNTIL_RESTART);
            kept = state.keepsKey();
            bytes = known;
        }
        return known;
    }

    /** Whether it outlives this run. */
    synchronized boolean isKept() {
        return kept;
    }
}
