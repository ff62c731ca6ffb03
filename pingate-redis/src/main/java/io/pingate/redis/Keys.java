package io.pingate.redis;

/**
 * What things are called in the store. Gates share that have the same cookie name: by it browsers tell gates of one host apart,
 * too, and it stays when the signing key is rotated.
 *
 * @param gate the cookie name
 */
record Keys(String gate) {
    private String of(String name) {
        return "pingate:" + gate + ":" + name;
    }

    /** A hash: {@code epoch}, and {@code revoked}, which is another text after each change of {@link #revoked}. */
    String state() {
        return of("state");
    }

    /** A hash: ids, and the expiry of each in unix seconds. */
    String revoked() {
        return of("revoked");
    }

    /** A hash: gates that run, and for each when it said so, and what it has taken up. */
    String gates() {
        return of("gates");
    }

    /** A link that was used. */
    String link(String id) {
        return of("link:" + id);
    }

    /** The bucket of one guesser. */
    String bucket(String kind, String guesser) {
        return of("tries:" + kind + ":" + guesser);
    }

    /** The bucket that all guessers of a kind share. */
    String bucket(String kind) {
        return of("tries:" + kind);
    }
}
