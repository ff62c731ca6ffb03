package io.pingate.standalone.doctor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All that was found, in the order in which it was looked for. */
public final class Report {
    /** The exit code for a red line. */
    private static final int UNWELL = 1;

    private final List<Entry> entries = new ArrayList<>();

    Report() {}

    private record Entry(String subject, Finding finding) {}

    void add(String subject, Finding finding) {
        entries.add(new Entry(subject, finding));
    }

    boolean has(Level level) {
        return entries.stream().anyMatch(entry -> entry.finding.level() == level);
    }

    /** {@return 0 when no line is red, else 1} */
    public int exitCode() {
        return has(Level.FAIL) ? UNWELL : 0;
    }

    /**
     * A line for each finding, and one for what to do about it.
     *
     * @param colours whether the marks are coloured
     * @return the lines
     */
    public List<String> lines(boolean colours) {
        List<String> lines = new ArrayList<>();
        for (Entry entry : entries) {
            Finding finding = entry.finding;
            String mark = String.format("%-4s", finding.level().mark);
            String shown = colours ? "\u001b[" + finding.level().colour + "m" + mark + "\u001b[0m" : mark;
            lines.add(shown + "  " + String.format("%-15s", entry.subject) + " " + printable(finding.what()));
            if (!finding.remedy().isEmpty()) {
                lines.add(" ".repeat(22) + "-> " + printable(finding.remedy()));
            }
        }
        lines.add("");
        lines.add(count(Level.OK) + " ok, " + count(Level.WARN) + " to look at, " + count(Level.FAIL) + " wrong, "
                + count(Level.SKIPPED) + " not looked at");
        return lines;
    }

    private long count(Level level) {
        return entries.stream().filter(entry -> entry.finding.level() == level).count();
    }

    /** What servers say is quoted, and must not steer the terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{C}", "?");
    }

    /** {@return one object with the whole of it} */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeBooleanField("well", exitCode() == 0);
            json.writeArrayFieldStart("findings");
            for (Entry entry : entries) {
                json.writeStartObject();
                json.writeStringField("check", entry.subject);
                json.writeStringField("level", entry.finding.level().name().toLowerCase(Locale.ROOT));
                json.writeStringField("what", entry.finding.what());
                json.writeStringField("remedy", entry.finding.remedy());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
