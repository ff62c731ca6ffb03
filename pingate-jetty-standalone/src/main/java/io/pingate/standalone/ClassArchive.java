package io.pingate.standalone;

import java.io.PrintWriter;

/** The archive of classes that a release brings along, to start faster. Java says in its name whether it goes by one. */
final class ClassArchive {
    /** Set by the release's launcher. It is no setting, so its name isn't like theirs. */
    private static final String GIVEN = "io.pingate.archive";

    private ClassArchive() {}

    /** Tells somebody whose archive doesn't fit, as after an update of the jar alone, why the start takes longer. */
    static void tellWhenUnused(PrintWriter err) {
        if (System.getProperty(GIVEN) != null
                && !System.getProperty("java.vm.info", "").contains("sharing")) {
            err.println("pingate: the class archive doesn't fit this Java or this pingate.jar; the start takes longer");
            err.flush();
        }
    }
}
