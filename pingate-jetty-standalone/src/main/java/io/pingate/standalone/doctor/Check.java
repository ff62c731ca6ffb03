package io.pingate.standalone.doctor;

import java.io.IOException;
import java.util.List;

/** Looks at one thing. */
interface Check {
    /** What it looks at, in a word or two. */
    String subject();

    /**
     * Looks; it may take seconds.
     *
     * @throws IOException when that can't be seen, with the reason
     */
    List<Finding> look() throws IOException;
}
