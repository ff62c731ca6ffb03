package io.pingate.standalone;

import io.pingate.AccessToken;
import io.pingate.servlet.pass.ListedToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the tokens that have not expired. */
@Command(
        name = "tokens",
        customSynopsis = "pingate tokens [SETTINGS]",
        header = "Lists the tokens that have not expired.",
        description = "%nWith their name, the day on which they end (UTC), and what they are for.",
        optionListHeading = "%n")
final class Tokens implements Callable<Integer> {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    // Picocli sets it before it calls anything here.
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<ListedToken> tokens = GateSettings.of(spec).passes().tokens(Instant.now());
        if (tokens.isEmpty()) {
            spec.commandLine().getErr().println("pingate: there are no tokens; pingate token NAME makes one");
            return CommandLine.ExitCode.OK;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "ENDS (UTC)", "STATE", "PATHS"));
        tokens.forEach(token -> rows.add(row(token)));
        PrintWriter out = spec.commandLine().getOut();
        rows.forEach(row -> out.println(line(row, rows)));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static List<String> row(ListedToken listed) {
        AccessToken token = listed.token();
        return List.of(
                token.name(),
                DAY.format(token.expiresAt()),
                listed.revoked() ? "revoked" : "good",
                token.paths().isEmpty() ? "everything" : String.join(", ", token.paths()));
    }

    /** Each column as wide as its widest text, but the last. */
    private static String line(List<String> row, List<List<String>> rows) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size() - 1; i++) {
            int column = i;
            int width = rows.stream()
                    .mapToInt(each -> length(each.get(column)))
                    .max()
                    .orElse(0);
            line.append(row.get(i)).append(" ".repeat(width - length(row.get(i)) + 2));
        }
        return line.append(row.get(row.size() - 1)).toString();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
