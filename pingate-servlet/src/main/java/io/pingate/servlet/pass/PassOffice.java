package io.pingate.servlet.pass;

import io.pingate.AccessToken;
import io.pingate.AccessTokens;
import io.pingate.DoctorPasses;
import io.pingate.KeyRing;
import io.pingate.SignInLink;
import io.pingate.SignInLinks;
import io.pingate.servlet.state.Elsewhere;
import io.pingate.servlet.state.Epoch;
import io.pingate.servlet.state.Raised;
import io.pingate.servlet.state.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes, lists and ends what opens the gate beside the PIN. For commands: it reads and writes files. */
public final class PassOffice {
    private static final Duration LONGEST_ONCE = Duration.ofDays(1);

    private final KeyRing keys;
    private final boolean keysAreKept;
    private final StateFolder state;
    private final Optional<? extends Elsewhere> elsewhere;

    /**
     * Opens the office of a gate.
     *
     * @param keys the gate's keys, at its epoch
     * @param keysAreKept whether other processes have the same keys, and the next run
     * @param state where it is kept what was made
     * @param elsewhere gates on other machines, who hear what is revoked; empty for none
     */
    public PassOffice(KeyRing keys, boolean keysAreKept, StateFolder state, Optional<? extends Elsewhere> elsewhere) {
        this.keys = keys;
        this.keysAreKept = keysAreKept;
        this.state = state;
        this.elsewhere = elsewhere;
    }

    /**
     * Makes a token. It is listed before it is there, since one that can't be listed could never be revoked.
     *
     * @param name what it is called, by no other that is in its time
     * @param lifetime how long it opens the gate, up to ten years
     * @param paths what it is for, exact paths or {@code /prefix/*}; empty for everything
     * @param now the present time
     * @return the token's text
     * @throws IllegalArgumentException naming what breaks which rule
     * @throws IOException when it can't be listed, or nobody would have the key to verify it
     */
    public String token(String name, Duration lifetime, List<String> paths, Instant now) throws IOException {
        requireKeptKeys("token");
        AccessToken token = AccessToken.fresh(name, now.plus(lifetime), paths);
        String text = new AccessTokens(keys).sign(token, now);
        try {
            new TokenList(state).add(token, now);
        } catch (IOException e) {
            throw new IOException(
                    "no token was made, since it can't be listed in the state folder " + state.path() + " ("
                            + Epoch.reason(e) + "), and so could not be revoked",
                    e);
        }
        return text;
    }

    /**
     * Lists the tokens that have not expired, revoked ones too.
     *
     * @param now the present time
     * @return the tokens, those that end first come first
     * @throws IOException when they can't be read
     */
    public List<ListedToken> tokens(Instant now) throws IOException {
        try {
            return new TokenList(state).inTime(now);
        } catch (IOException e) {
            throw new IOException("tokens can't be listed (" + Epoch.reason(e) + ")", e);
        }
    }

    /**
     * Ends tokens, and waits some seconds for the gates that run to take it up.
     *
     * @param name what they are called
     * @param now the present time
     * @return what has become of it; empty when there is no token of the name
     * @throws IOException when the state folder can't be written to; then nothing has ended
     */
    public Optional<Revocation> revoke(String name, Instant now) throws IOException {
        try {
            return new TokenList(state).revoke(name, now, elsewhere);
        } catch (IOException e) {
            throw new IOException("no token was revoked (" + Epoch.reason(e) + ")", e);
        }
    }

    /**
     * Tells whether a gate runs that would know what is made here.
     *
     * @return false when none uses the state folder
     * @throws IOException when that can't be told
     */
    public boolean isForRunningGate() throws IOException {
        return Raised.anyRuns(state);
    }

    /** {@return where it is kept what was made} */
    public Path folder() {
        return state.path();
    }

    /**
     * Makes a link that signs in once.
     *
     * @param lifetime how long it may be used, up to a day
     * @param next where it leads, a path
     * @param now the present time
     * @return its text, which stands behind the path for links
     * @throws IllegalArgumentException naming what breaks which rule
     * @throws IOException when nobody would have the key to verify it
     */
    public String link(Duration lifetime, String next, Instant now) throws IOException {
        requireKeptKeys("link");
        return sign(SignInLink.fresh(now.plus(lifetime), false, next), now, LONGEST_ONCE);
    }

    /**
     * Makes a link for several people, whose sessions end with it.
     *
     * @param lifetime how long it is good for
     * @param longest how long that may be: the lifetime of a session
     * @param next where it leads, a path
     * @param now the present time
     * @return its text, which stands behind the path for links
     * @throws IllegalArgumentException naming what breaks which rule
     * @throws IOException when nobody would have the key to verify it
     */
    public String guestLink(Duration lifetime, Duration longest, String next, Instant now) throws IOException {
        requireKeptKeys("link");
        return sign(SignInLink.fresh(now.plus(lifetime), true, next), now, longest);
    }

    /**
     * Makes a link that signs in once, within the process that serves it.
     *
     * @param lifetime how long it may be used
     * @param now the present time
     * @return its text, which stands behind the path for links
     */
    public String ownLink(Duration lifetime, Instant now) {
        return sign(SignInLink.fresh(now.plus(lifetime), false, "/"), now, LONGEST_ONCE);
    }

    /**
     * Makes what the doctor shows to the gate to be told how its requests arrive.
     *
     * @param now the present time
     * @return its text, which opens nothing
     * @throws IOException when nobody would have the key to verify it
     */
    public String doctorPass(Instant now) throws IOException {
        requireKeptKeys("pass");
        return new DoctorPasses(keys).sign(now);
    }

    private String sign(SignInLink link, Instant now, Duration longest) {
        return new SignInLinks(keys).sign(link, now, longest);
    }

    private void requireKeptKeys(String what) throws IOException {
        if (!keysAreKept) {
            throw new IOException(
                    "no " + what + " was made: the gate's key is in its memory only, so that nobody else can"
                            + " sign; set PINGATE_SECRET, or a PINGATE_STATE_DIR that can be written to");
        }
    }
}
