package io.pingate.proxy.headers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What becomes of a header field on its way, by its name; look-alikes share an action (see {@link FieldName}).
 *
 * <p>Asked for every field of every request, so names lie by their length, and the few of one length mostly differ in
 * their first letter.
 */
final class HeaderActions {
    enum Action {
        PASS,
        DROP,
        /** May hold the gate's cookie. */
        COOKIE,
        /** May hold a token of the gate's. */
        AUTHORIZATION,
        /** Says who the client is, in one address. */
        CLIENT_ADDRESS,
        /** May hold a key among the names of protocols. */
        SUBPROTOCOLS,
        /** Names the gate, and the upstream knows itself by another name. */
        UPSTREAM_NAME,
        /** May take the gate's cookie from the browser. */
        CLEAR_SITE_DATA
    }

    private record Named(String name, Action action) {}

    private static final char WILDCARD = '*';

    private final List<Named> all;
    private final Named[][] byLength;
    private final Named[] prefixes;
    private final Named[] suffixes;

    private HeaderActions(List<Named> all) {
        this.all = all;
        this.prefixes = all.stream().filter(HeaderActions::isPrefix).toArray(Named[]::new);
        this.suffixes = all.stream().filter(HeaderActions::isSuffix).toArray(Named[]::new);
        int longest = all.stream().mapToInt(named -> named.name.length()).max().orElse(0);
        this.byLength = new Named[longest + 1][];
        for (int length = 0; length <= longest; length++) {
            byLength[length] = exactOf(length);
        }
    }

    /** Everything passes. */
    static HeaderActions passing() {
        return new HeaderActions(List.of());
    }

    /** Gives names an action of their own, before any that they had. {@code x-*} means all that begin with {@code x-}, and {@code *-x} all that end with {@code -x}. */
    HeaderActions with(Action action, Collection<String> names) {
        List<Named> added = new ArrayList<>();
        names.forEach(name -> added.add(new Named(name, action)));
        added.addAll(all);
        return new HeaderActions(added);
    }

    Action of(String name) {
        if (name.length() < byLength.length) {
            for (Named named : byLength[name.length()]) {
                if (FieldName.alike(named.name, name)) {
                    return named.action;
                }
            }
        }
        for (Named prefix : prefixes) {
            if (FieldName.startsLike(name, prefix.name, prefix.name.length() - 1)) {
                return prefix.action;
            }
        }
        for (Named suffix : suffixes) {
            if (FieldName.endsLike(name, suffix.name, suffix.name.length() - 1)) {
                return suffix.action;
            }
        }
        return Action.PASS;
    }

    private Named[] exactOf(int length) {
        return all.stream()
                .filter(named -> named.name.length() == length && !isPrefix(named) && !isSuffix(named))
                .toArray(Named[]::new);
    }

    private static boolean isPrefix(Named named) {
        return named.name.indexOf(WILDCARD) == named.name.length() - 1;
    }

    private static boolean isSuffix(Named named) {
        return named.name.indexOf(WILDCARD) == 0;
    }
}
