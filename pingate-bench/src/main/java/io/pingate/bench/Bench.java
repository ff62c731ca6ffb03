package io.pingate.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What all modes need to know.
 *
 * @param options what the command line says
 * @param catalogue the gates
 * @param work where gates have their files, which the run leaves behind for who looks for an error
 * @param results where the figures are kept, a file for each mode
 */
record Bench(Options options, Catalogue catalogue, Path work, Path results) {
    Path log() {
        return work.resolve("gates.log");
    }

    /** Where a mode puts its figures; what else was going on is told beside them. */
    Figures begin(String mode) throws IOException {
        Figures figures = Figures.begin(results, mode);
        figures.fact("begun", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        figures.fact("load average at the start", Machine.load());
        figures.fact("command", "bench/run " + options.line());
        figures.fact("commit", Machine.commit());
        return figures;
    }

    /** After each launch, so that a run that is cut off has figures too. */
    void save(Figures figures, int launch) throws IOException {
        figures.fact("load average at the end", Machine.load());
        figures.fact("launches", Integer.toString(launch + 1));
        figures.write();
    }
}
