package io.pingate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One mode's figures as a table: a row for each gate, and the ratio to one of them. */
final class Table {
    private final Figures figures;
    private final String measured;
    private final String reference;
    private final List<String> titles = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();

    private interface Column {
        Optional<String> of(String gate);
    }

    /**
     * @param measured the main figure, that the ratio is made of
     * @param reference the gate that others are held to; one that has no figures costs the column
     */
    Table(Figures figures, String measured, String title, String reference) {
        this.figures = figures;
        this.measured = measured;
        this.reference = reference;
        column(title, measured);
        if (!figures.launches(reference, measured).isEmpty()) {
            titles.add("to " + reference);
            columns.add(gate -> figures.ratio(gate, reference, measured)
                    .filter(Table::isThere)
                    .map(Statistics::text));
        }
    }

    /** Of something else than the main figure, to the same gate. */
    Table ratio(String title, String what) {
        titles.add(title);
        columns.add(gate ->
                figures.ratio(gate, reference, what).filter(Table::isThere).map(Statistics::text));
        return this;
    }

    /** No gate uses no CPU. */
    private static boolean isThere(Statistics figure) {
        return figure.most() > 0;
    }

    Table column(String title, String what) {
        titles.add(title);
        columns.add(gate -> figures.of(gate, what).filter(Table::isThere).map(Statistics::text));
        return this;
    }

    /** The median alone, of what is there for orientation. */
    Table aside(String title, String what) {
        titles.add(title);
        columns.add(gate -> figures.of(gate, what).filter(Table::isThere).map(all -> Statistics.number(all.median())));
        return this;
    }

    Table above(String title, String what, String other) {
        titles.add(title);
        columns.add(gate -> figures.above(gate, other, what).map(Statistics::text));
        return this;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("| gate | " + String.join(" | ", titles) + " |");
        lines.add("|---" + "|---".repeat(titles.size()) + "|");
        for (String gate : figures.gates()) {
            if (!gate.equals(reference) && figures.launches(gate, measured).isEmpty()) {
                continue;
            }
            StringBuilder line = new StringBuilder("| " + gate);
            columns.forEach(column -> line.append(" | ").append(column.of(gate).orElse("-")));
            lines.add(line + " |");
        }
        return lines;
    }
}
