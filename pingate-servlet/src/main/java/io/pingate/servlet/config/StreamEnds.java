package io.pingate.servlet.config;

import io.pingate.Decision;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whose open streams and WebSockets end with the session by which they were let in. */
public enum StreamEnds {
    /** Those of sessions that a guest's link began. */
    GUESTS,
    /** Those of everybody who is signed in, programs with a token too. */
    ALL,
    /** Nobody's: what is open stays open until everybody is signed out. */
    NONE;

    /**
     * Reads the setting.
     *
     * @param text its value
     * @return whose streams end
     * @throws IllegalArgumentException with the rule
     */
    public static StreamEnds of(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "guests" -> GUESTS;
            case "all" -> ALL;
            case "none" -> NONE;
            default -> throw new IllegalArgumentException("must be guests, all or none");
        };
    }

    /**
     * Says when what a request opens has to end.
     *
     * @param admitted how the request was let in
     * @return the first moment at which it may be open no more; null when none is known
     */
    public @Nullable Instant of(Decision.Admit admitted) {
        if (admitted.session() != null) {
            boolean ends = this == ALL || (this == GUESTS && admitted.session().guest());
            return ends ? admitted.session().expiresAt() : null;
        }
        return this == ALL && admitted.token() != null ? admitted.token().expiresAt() : null;
    }
}
