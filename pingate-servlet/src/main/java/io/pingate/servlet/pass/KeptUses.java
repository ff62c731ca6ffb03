package io.pingate.servlet.pass;

import io.pingate.SignInLink;
import io.pingate.UsedLinks;
import io.pingate.servlet.state.Epoch;
import io.pingate.servlet.state.StateFolder;
import io.pingate.servlet.state.UsedMarks;
import java.io.IOException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Links that were used, in the state folder: also after a restart, and for all gates of the folder. */
public final class KeptUses implements UsedLinks {
    private static final Logger LOG = LoggerFactory.getLogger(KeptUses.class);

    private final StateFolder state;

    /** Begins to keep them there. */
    public KeptUses(StateFolder state) {
        this.state = state;
    }

    @Override
    public Use use(SignInLink link, Instant now) {
        try {
            boolean first =
                    new UsedMarks(state).mark(link.id(), link.expiresAt().getEpochSecond(), now.getEpochSecond());
            return first ? Use.FIRST : Use.AGAIN;
        } catch (IOException e) {
            LOG.warn(
                    "a sign-in link was refused: that it was used can't be kept in {} ({})",
                    state.path(),
                    Epoch.reason(e));
            return Use.NOT_KEPT;
        }
    }
}
