package io.pingate.servlet.state;

import io.pingate.servlet.rate.Lookout;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often everybody was signed out: a number in the state folder, mixed into the keys that sign cookies. When it rises,
 * no cookie of before verifies any more, in all gates that use this folder. A {@link Lookout} looks at it.
 *
 * <p>It also takes up which tokens were revoked, by the same look.
 *
 * <p>Thread-safe; has no thread of its own. It never falls while a gate runs, whatever becomes of the file.
 */
public final class Epoch {
    private static final Logger LOG = LoggerFactory.getLogger(Epoch.class);

    private static final String HEARD = "heard-elsewhere";

    private final StateFolder state;
    private final Lookout lookout;
    private final Queue<Presence> presences = new ArrayDeque<>();
    private final Revoked revoked = new Revoked();
    private volatile Mark mark;
    private int gates;
    private boolean unseen;
    private boolean warned;
    private boolean heard;
    private boolean unkept;

    /**
     * Goes by a folder.
     *
     * @param lookout looks at it
     * @param first the number that was read from it
     */
    public Epoch(StateFolder state, Lookout lookout, long first) {
        this.state = state;
        this.lookout = lookout;
        this.mark = new Mark(first);
        revoked.look(state);
        lookout.add(this::look);
    }

    /** What was revoked, as far as this gate knows. */
    public Revoked revoked() {
        return revoked;
    }

    /**
     * Signs everybody out, of all gates with this state folder, and looks for some seconds whether those that run have
     * taken it up.
     *
     * @param state the folder
     * @param elsewhere gates on other machines, who are told too; empty for none
     * @return what has become of it
     * @throws IOException when the folder can't be written to; then nothing was done
     */
    public static Raised raise(StateFolder state, Optional<? extends Elsewhere> elsewhere) throws IOException {
        long number = next(state);
        Reach reach = Reach.HERE;
        if (elsewhere.isPresent()) {
            try {
                long common = elsewhere.get().signOutAll(number);
                reach = Reach.EVERYWHERE;
                if (common > number) {
                    number = common;
                    state.epoch(number);
                }
            } catch (IOException e) {
                reach = Reach.failed(e.getMessage() + "");
            }
        }
        try {
            return Raised.observe(state, number).reaching(reach);
        } catch (IOException e) {
            throw new IOException(
                    "everybody is to be signed out, but whether running gates have done so can't be seen (" + reason(e)
                            + "); run it as the user of the gate",
                    e);
        }
    }

    private static long next(StateFolder state) throws IOException {
        try {
            long number = state.epoch() + 1;
            state.epoch(number);
            return number;
        } catch (IOException | NumberFormatException e) {
            throw new IOException("nobody was signed out (" + reason(e) + ")", e);
        }
    }

    /**
     * Lets it be seen from outside that a gate runs that goes by this epoch. Without it the gate does its work all the
     * same; as soon as the folder can be written to, it is seen.
     */
    public synchronized void announce() {
        gates++;
        show();
    }

    private void show() {
        try {
            while (presences.size() < gates) {
                presences.add(Presence.in(state, mark.number, revoked.revision()));
            }
            forgetDead();
            if (unseen) {
                LOG.info("pingate sign-out-all sees this gate now");
            }
            unseen = false;
        } catch (IOException e) {
            if (!unseen) {
                LOG.warn(
                        "pingate sign-out-all will not see this gate: its state folder can't be written to ({})",
                        reason(e));
            }
            unseen = true;
        }
    }

    /** Else a gate that is killed again and again would leave a file each time. */
    private void forgetDead() {
        try {
            RunningGates.forgetDead(state);
        } catch (IOException e) {
            LOG.debug("files of gates that were killed stay in {}", state.path(), e);
        }
    }

    /** One of the gates that were announced runs no more. */
    public synchronized void withdraw() {
        gates--;
        if (presences.size() > gates) {
            try {
                presences.remove().close();
            } catch (IOException e) {
                LOG.debug("a file of this gate stays in {}", state.path(), e);
            }
        }
    }

    /**
     * Takes up what gates on other machines say, and keeps it in the folder, so that it holds after a restart too, when they
     * may be out of reach.
     *
     * @param number how often everybody was signed out
     * @param ids what was revoked, each with its expiry in unix seconds
     * @param now the present time in unix seconds
     */
    public synchronized void heard(long number, Map<String, Long> ids, long now) {
        revoked.heard(ids);
        if (number > mark.number) {
            signOut(number);
        }
        try {
            if (!heard) {
                heard = hasHeard();
            }
            if (!heard) {
                state.replace(HEARD, "from gates on other machines\n", "rw-r--r--");
            }
            if (mark.number > state.epoch()) {
                state.epoch(mark.number);
            }
            if (!ids.isEmpty()) {
                Revoked.keep(state, ids, now);
            }
            unkept = false;
        } catch (IOException | IllegalArgumentException e) {
            if (!unkept) {
                LOG.warn("what gates on other machines say can't be kept for the next start: {}", reason(e));
            }
            unkept = true;
        }
    }

    /** {@return whether this folder ever held what gates on other machines had said} */
    public boolean hasHeard() {
        try {
            return state.text(HEARD).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private void signOut(long number) {
        mark = new Mark(number);
        LOG.info("everybody is signed out");
        tell();
    }

    /** The present mark; what was let in under another one is let in no more. */
    public Mark now() {
        lookout.heed();
        return mark;
    }

    /** The mark that is known, without a look at what has become of it. */
    public Mark known() {
        return mark;
    }

    private synchronized void look() {
        if (unseen) {
            show();
        }
        if (revoked.look(state)) {
            tell();
        }
        try {
            long number = state.epoch();
            if (number > mark.number) {
                signOut(number);
            }
            warned = false;
        } catch (IOException | NumberFormatException e) {
            if (!warned) {
                LOG.warn("can't tell whether everybody is to be signed out: {}", reason(e));
                warned = true;
            }
        }
    }

    private void tell() {
        for (Presence presence : presences) {
            try {
                presence.goesBy(mark.number, revoked.revision());
            } catch (IOException e) {
                LOG.warn("can't tell pingate sign-out-all or revoke what this gate has taken up: {}", reason(e));
            }
        }
    }

    /** The message of a file system's exception is often the bare path. */
    public static String reason(Exception e) {
        return e instanceof IOException ? e.getClass().getSimpleName() + ": " + e.getMessage() : e.getMessage() + "";
    }

    /** The time between two rises, as a value to hold on to. */
    public final class Mark {
        private final long number;

        private Mark(long number) {
            this.number = number;
        }

        public long number() {
            return number;
        }

        /** {@return whether nobody was signed out since} */
        public boolean isCurrent() {
            return now() == this;
        }

        /** {@return whether what has this id opens nothing any more} */
        public boolean isRevoked(String id) {
            return revoked.standing(id) != Revoked.Standing.GOOD;
        }
    }
}
