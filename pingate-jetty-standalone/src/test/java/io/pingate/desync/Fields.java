package io.pingate.desync;

import io.pingate.desync.Tap.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Field lines as they stand behind a first line, or as trailers; names in lower case. */
final class Fields {
    private static final Pattern LINE = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*");
    private static final int MOST = 100;

    private record Field(String name, String value) {}

    private final List<Field> all = new ArrayList<>();

    /** Up to and including the empty line. */
    static Fields read(Tap tap) throws IOException {
        Fields fields = new Fields();
        for (String line = tap.line(); !line.isEmpty(); line = tap.line()) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches() || fields.all.size() == MOST) {
                throw new MalformedException("no field: " + line);
            }
            fields.add(matcher.group(1), matcher.group(2));
        }
        return fields;
    }

    void add(String name, String value) {
        all.add(new Field(name.toLowerCase(Locale.ROOT), value));
    }

    List<String> all(String name) {
        return all.stream().filter(f -> f.name.equals(name)).map(Field::value).toList();
    }

    boolean has(String name, String value) {
        return all(name).stream().anyMatch(value::equalsIgnoreCase);
    }

    /** -1 when there is none. */
    int contentLength() throws MalformedException {
        List<String> lengths = all("content-length");
        if (lengths.isEmpty()) {
            return -1;
        }
        if (lengths.size() > 1 || !lengths.get(0).matches("[0-9]{1,9}")) {
            throw new MalformedException("content-length: " + lengths);
        }
        return Integer.parseInt(lengths.get(0));
    }

    boolean isChunked() throws MalformedException {
        List<String> codings = all("transfer-encoding");
        if (codings.size() > 1 || (codings.size() == 1 && !codings.get(0).equalsIgnoreCase("chunked"))) {
            throw new MalformedException("transfer-encoding: " + codings);
        }
        if (!codings.isEmpty() && contentLength() >= 0) {
            throw new MalformedException("two framings");
        }
        return !codings.isEmpty();
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
