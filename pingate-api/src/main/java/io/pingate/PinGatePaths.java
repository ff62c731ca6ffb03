package io.pingate;

import io.pingate.http.InvalidValueException;

/**
 * Where the gate's own pages live.
 *
 * @param form the sign-in form, for GET and HEAD, which is posted to where it is; the gate path itself
 * @param check another place to post the form to
 * @param logout where signing out is posted to
 * @param health for monitors, for GET and HEAD
 */
public record PinGatePaths(String form, String check, String logout, String health) {
    /**
     * The pages of a gate.
     *
     * @param gatePath where they begin, as in {@code /pin}
     * @return their paths
     * @throws IllegalArgumentException when that isn't a path of letters, digits and {@code -._~}
     */
    public static PinGatePaths under(String gatePath) {
        if (!gatePath.matches("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")) {
            throw new InvalidValueException(
                    "gate path", "must be a path like /pin, of letters, digits and -._~, without a '/' at its end");
        }
        return new PinGatePaths(gatePath, gatePath + "/check", gatePath + "/logout", gatePath + "/health");
    }

    /**
     * Tells whether the form is at a path, or posted to it.
     *
     * @param path a path
     * @return true when it is
     */
    public boolean isForm(String path) {
        return path.equals(form) || path.equals(check);
    }

    /** {@return where the form is that says that somebody has signed out: no secret, and no cookie is needed for it} */
    public String signedOut() {
        return form + "?signed-out";
    }

    /** {@return where monitors ask for the program behind the gate, too} */
    public String ready() {
        return health + "?upstream";
    }

    /** {@return where a proxy asks about a request that it holds} */
    public String auth() {
        return form + "/auth";
    }

    /** {@return where whoever has the gate's key is told how requests arrive; a path like any other for everybody else} */
    public String doctor() {
        return form + "/doctor";
    }

    /** {@return what stands before the text of a link that signs in} */
    public String link() {
        return form + "/link/";
    }

    /**
     * Where the form is that leads on.
     *
     * @param next where to go after the sign-in; a path, percent-encoded
     * @return the form's path, and {@code next} in its query
     */
    public String formFor(String next) {
        return form + "?next=" + FormFields.encode(next);
    }
}
