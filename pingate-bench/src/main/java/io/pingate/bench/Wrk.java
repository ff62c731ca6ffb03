package io.pingate.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of wrk.
 *
 * @param requests how many were answered
 * @param seconds how long it took
 * @param p50Millis half of the answers came sooner
 * @param p99Millis 99 of 100 answers came sooner
 */
record Wrk(double requests, double seconds, double p50Millis, double p99Millis) {
    static Wrk run(int port, String path, int connections, int seconds, boolean isSignedIn)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s"));
        command.addAll(List.of("--latency", "--timeout", "20s"));
        if (isSignedIn) {
            command.addAll(List.of("-H", "Cookie: theme=dark; pingate=" + Cookie.TOKEN));
        }
        command.add("http://127.0.0.1:" + port + path);
        String report = Program.output(command.toArray(String[]::new));
        if (report.contains("Socket errors") || (isSignedIn && report.contains("Non-2xx"))) {
            throw new IOException("fails under load:\n" + report);
        }
        Matcher total = find("(\\d+) requests in ([\\d.]+)(s|m)", report);
        double scale = total.group(3).equals("m") ? 60 : 1;
        return new Wrk(
                Double.parseDouble(total.group(1)),
                Double.parseDouble(total.group(2)) * scale,
                millis(find("50%\\s+([\\d.]+)(us|ms|s)", report)),
                millis(find("99%\\s+([\\d.]+)(us|ms|s)", report)));
    }

    private static double millis(Matcher latency) {
        double value = Double.parseDouble(latency.group(1));
        return switch (latency.group(2)) {
            case "us" -> value / 1000;
            case "s" -> value * 1000;
            default -> value;
        };
    }

    private static Matcher find(String regex, String text) throws IOException {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        if (!matcher.find()) {
            throw new IOException("wrk says:\n" + text);
        }
        return matcher;
    }
}
