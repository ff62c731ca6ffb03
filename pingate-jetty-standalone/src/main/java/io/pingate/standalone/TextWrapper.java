package io.pingate.standalone;

import java.util.ArrayList;
import java.util.List;

/** Text for a terminal, broken between words. */
final class TextWrapper {
    private final int width;
    private final int column;
    private final List<String> lines = new ArrayList<>();

    /**
     * Starts an empty text.
     *
     * @param width the most columns of a line
     * @param column where the explanations of {@linkplain #entry entries} begin
     */
    TextWrapper(int width, int column) {
        this.width = width;
        this.column = column;
    }

    TextWrapper blank() {
        lines.add("");
        return this;
    }

    /** A paragraph. */
    TextWrapper line(String text) {
        return entry("", text, 0);
    }

    /** A term and its explanation, which stays in a column of its own. */
    TextWrapper entry(String term, String text) {
        return entry(term, text, column);
    }

    private TextWrapper entry(String term, String text, int indent) {
        StringBuilder line = new StringBuilder(term);
        if (term.length() >= indent && !term.isEmpty()) {
            lines.add(term);
            line.setLength(0);
        }
        boolean empty = true;
        for (String word : text.split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
                empty = true;
            }
            if (empty) {
                pad(line, indent);
            } else {
                line.append(' ');
            }
            line.append(word);
            empty = false;
        }
        lines.add(line.toString());
        return this;
    }

    private static void pad(StringBuilder line, int indent) {
        line.append(" ".repeat(indent - line.length()));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
