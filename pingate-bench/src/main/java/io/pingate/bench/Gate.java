package io.pingate.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A gate that can be launched.
 *
 * @param name as in the tables
 * @param isCompiledLate whether it has to be warmed up
 * @param environment what it is told besides flags
 * @param command how it is started
 */
record Gate(String name, boolean isCompiledLate, Map<String, String> environment, Command command) {
    /** No gate at all: what the peers' and the gate's own figures are held to. */
    static final Gate DIRECT = new Gate("no gate", false, Map.of(), (port, upstream) -> List.of());

    /** A command line, for one launch. */
    interface Command {
        List<String> on(int port, int upstream) throws IOException;
    }

    boolean isDirect() {
        return equals(DIRECT);
    }

    /** Whether it is one of the given kinds; a kind is how names begin. */
    boolean isAnyOf(List<String> kinds) {
        return kinds.stream().anyMatch(name::startsWith);
    }
}
