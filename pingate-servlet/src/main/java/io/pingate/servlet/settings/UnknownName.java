package io.pingate.servlet.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A name that was meant to be a setting, and is none: a typing error, which would count for nothing without a word.
 *
 * @param name what was written
 * @param near the setting that it is nearly called
 */
record UnknownName(String name, Optional<String> near) {
    /** More would find a likeness between any two short words. */
    private static final int MAX_DISTANCE = 2;

    private static final String LINK_HOST = "_SERVICE_HOST";

    /**
     * Finds them among names that others share. {@code LITELLM_...} is LiteLLM's own too, so of those only what is
     * nearly a setting counts.
     *
     * @param names what is written in one place
     * @param spelling how that place spells a setting
     */
    static List<UnknownName> among(Collection<String> names, Function<Setting, String> spelling) {
        return names.stream()
                .filter(name -> known(spelling).noneMatch(name::equals))
                .filter(name -> !isServiceLink(name, names))
                .sorted()
                .map(name -> of(name, spelling))
                .filter(unknown -> unknown.isOwn() || unknown.near.isPresent())
                .toList();
    }

    static UnknownName of(String name, Function<Setting, String> spelling) {
        return new UnknownName(name, near(name, spelling));
    }

    /** {@return a phrase for whoever wrote it} */
    String told() {
        return "no setting is called " + name
                + near.map(known -> "; " + known + " is one").orElse("");
    }

    private boolean isOwn() {
        return name.toLowerCase(Locale.ROOT).matches("pingate[_.].*");
    }

    private static Optional<String> near(String name, Function<Setting, String> spelling) {
        String best = null;
        int least = MAX_DISTANCE + 1;
        for (Setting setting : Setting.values()) {
            String known = spelling.apply(setting);
            if (Math.abs(name.length() - known.length()) > MAX_DISTANCE) {
                continue;
            }
            int distance = distance(name.toUpperCase(Locale.ROOT), known.toUpperCase(Locale.ROOT));
            // Of a name with two letters of its own, hardly anything would be left.
            if (distance < least && distance < setting.flag().length() - "--".length()) {
                least = distance;
                best = known;
            }
        }
        return Optional.ofNullable(best);
    }

    private static Stream<String> known(Function<Setting, String> spelling) {
        return Arrays.stream(Setting.values()).map(spelling);
    }

    /** Kubernetes and Docker set these for other services that are called pingate or litellm. */
    private static boolean isServiceLink(String name, Collection<String> names) {
        return name.matches(".*_PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?")
                || names.stream()
                        .filter(host -> host.endsWith(LINK_HOST))
                        .map(host -> host.substring(0, host.length() - LINK_HOST.length()))
                        .anyMatch(service -> name.startsWith(service)
                                && name.substring(service.length()).matches("_PORT|_SERVICE_(HOST|PORT(_.*)?)"));
    }

    /** How many letters to add, drop, change or swap with a neighbour. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
