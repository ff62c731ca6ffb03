package io.pingate.servlet.pass;

import io.pingate.AccessToken;

/**
 * A token that was made and has not expired.
 *
 * @param token what it says
 * @param revoked whether it opens nothing any more all the same
 */
public record ListedToken(AccessToken token, boolean revoked) {
    boolean isLive() {
        return !revoked;
    }
}
