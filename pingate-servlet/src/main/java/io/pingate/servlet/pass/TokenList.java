package io.pingate.servlet.pass;

import io.pingate.AccessToken;
import io.pingate.servlet.state.Elsewhere;
import io.pingate.servlet.state.Raised;
import io.pingate.servlet.state.Revoked;
import io.pingate.servlet.state.StateFolder;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tokens that were made, by a file in the state folder: a line each, without the signature that makes it one. Gates
 * don't read it; it is for whoever wants to see what there is, or to revoke it by its name.
 */
final class TokenList {
    private static final String FILE = "tokens";

    private final StateFolder state;

    TokenList(StateFolder state) {
        this.state = state;
    }

    /** All that are in their time, revoked ones too; those that end first come first. */
    List<ListedToken> inTime(Instant now) throws IOException {
        Set<String> revoked = Revoked.ids(state);
        return read().stream()
                .filter(token -> now.isBefore(token.expiresAt()))
                .sorted(Comparator.comparing(AccessToken::expiresAt))
                .map(token -> new ListedToken(token, revoked.contains(token.id())))
                .toList();
    }

    /**
     * Adds a token, and forgets those that have expired.
     *
     * @throws IllegalArgumentException when there is one of the name already
     */
    void add(AccessToken token, Instant now) throws IOException {
        state.exclusively(() -> {
            List<ListedToken> listed = inTime(now);
            if (listed.stream().anyMatch(other -> other.isLive() && isCalled(token.name(), other))) {
                throw new IllegalArgumentException(
                        "there is a token of this name already; choose another name, or end that"
                                + " one by pingate revoke");
            }
            Stream<AccessToken> all = Stream.concat(listed.stream().map(ListedToken::token), Stream.of(token));
            String lines = all.map(TokenList::line).collect(Collectors.joining());
            state.replace(FILE, lines, "rw-------");
            return lines;
        });
    }

    private static boolean isCalled(String name, ListedToken listed) {
        return listed.token().name().equals(name);
    }

    /** Ends all of a name that are in their time; none when there is no such token. */
    Optional<Revocation> revoke(String name, Instant now, Optional<? extends Elsewhere> elsewhere) throws IOException {
        Map<String, Long> ids = inTime(now).stream()
                .filter(listed -> listed.isLive() && isCalled(name, listed))
                .collect(Collectors.toMap(
                        listed -> listed.token().id(),
                        listed -> listed.token().expiresAt().getEpochSecond()));
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        Raised raised = Revoked.revoke(state, ids, now.getEpochSecond(), elsewhere);
        return Optional.of(new Revocation(ids.size(), raised));
    }

    private List<AccessToken> read() throws IOException {
        List<AccessToken> tokens = new ArrayList<>();
        for (String line : state.text(FILE).orElse("").lines().toList()) {
            tokens.add(AccessToken.parse(line.replace('\t', '\n'))
                    .orElseThrow(() -> new IOException(state.path().resolve(FILE)
                            + " has a line that is no token's; delete the line, and say pingate sign-out-all if you don't"
                            + " know which token it was")));
        }
        return tokens;
    }

    /** A name has no tab. */
    private static String line(AccessToken token) {
        return token.format().replace('\n', '\t') + "\n";
    }
}
