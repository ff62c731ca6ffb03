package io.pingate.servlet.state;

import java.io.IOException;
import java.util.Map;

/** Gates on other machines, whose state folders aren't this one, as far as commands have them do something. */
public interface Elsewhere {
    /**
     * Signs everybody out there.
     *
     * @param atLeast the number that goes here
     * @return the number that goes everywhere from now on, which is no lower
     * @throws IOException when they can't be reached; its message says why, without a secret
     */
    long signOutAll(long atLeast) throws IOException;

    /**
     * Revokes there.
     *
     * @param ids what is revoked, each with its expiry in unix seconds
     * @throws IOException when they can't be reached; its message says why, without a secret
     */
    void revoke(Map<String, Long> ids) throws IOException;
}
