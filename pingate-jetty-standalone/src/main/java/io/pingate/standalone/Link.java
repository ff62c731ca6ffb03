package io.pingate.standalone;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.config.PublicUrl;
import io.pingate.servlet.pass.PassOffice;
import io.pingate.servlet.settings.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a link that signs in. */
@Command(
        name = "link",
        customSynopsis = "pingate link [--minutes=N | --guest=TIME] [--next=PATH] [SETTINGS]",
        header = "Prints a link that signs in, once or for guests.",
        description = {
            "%nWithout --guest it signs one browser in, once, for as long as the PIN does. It works also when strangers have"
                    + " used up all tries at the PIN.",
            "%nWith --guest several people may use it until it ends, and their sessions end with it."
        },
        optionListHeading = "%n")
final class Link implements Callable<Integer> {
    private static final Pattern GUEST = Pattern.compile("([0-9]{1,5})([mhd])");
    private static final Pattern MINUTES = Pattern.compile("[0-9]{1,4}");
    private static final int MOST_MINUTES = 1440;

    @Option(names = "--minutes", paramLabel = "N", description = "minutes in which to use it, 5 unless told otherwise")
    private @Nullable String minutes;

    @Option(names = "--guest", paramLabel = "TIME", description = "how long guests may stay: 90m, 8h or 7d")
    private @Nullable String guest;

    @Option(names = "--next", paramLabel = "PATH", description = "where it leads, / unless told otherwise")
    private String next = "/";

    // Picocli sets it before it calls anything here.
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (minutes != null && guest != null) {
            throw fault("--minutes and --guest are given at once; write one of them");
        }
        Duration once = once();
        PinGateSettings settings = GateSettings.of(spec);
        PassOffice passes = settings.passes();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        String link;
        try {
            link = guest == null
                    ? passes.link(once, next, Instant.now())
                    : passes.guestLink(
                            guests(guest, settings.sessionLifetime()), settings.sessionLifetime(), next, Instant.now());
        } catch (IllegalArgumentException e) {
            throw fault(e.getMessage());
        }
        String address = settings.publicUrl()
                .orElseGet(() -> PublicUrl.ofListener(
                        settings.host(), settings.port(), settings.listenerTls().isPresent()));
        out.println(address + settings.paths().link() + link);
        out.flush();
        err.println("pingate: "
                + (guest == null
                        ? "signs in once, within " + once.toMinutes() + " min"
                        : "for guests, ends in " + guest));
        if (settings.publicUrl().isEmpty()) {
            err.println("pingate: " + Setting.PUBLIC_URL.environmentName()
                    + " isn't set, so the link has the address that the gate listens on");
        }
        RunningGates.warnOfNone(passes, err);
        return CommandLine.ExitCode.OK;
    }

    private Duration once() {
        String text = minutes == null ? "5" : minutes;
        int number = MINUTES.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (number < 1 || number > MOST_MINUTES) {
            throw fault("--minutes must be a whole number from 1 to " + MOST_MINUTES);
        }
        return Duration.ofMinutes(number);
    }

    private Duration guests(String text, Duration longest) {
        Matcher matcher = GUEST.matcher(text);
        Duration time = Duration.ZERO;
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            time = switch (matcher.group(2)) {
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
        }
        if (time.isZero() || time.compareTo(longest) > 0) {
            throw fault(
                    "--guest must be a time above zero with its unit, as in 90m, 8h or 7d, and no longer than a session: "
                            + longest.toDays() + "d");
        }
        return time;
    }

    private ParameterException fault(@Nullable String message) {
        return new ParameterException(spec.commandLine(), String.valueOf(message));
    }
}
