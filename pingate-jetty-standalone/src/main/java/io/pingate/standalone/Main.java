package io.pingate.standalone;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.event.Level;

/**
 * The program: {@code java -jar pingate.jar}.
 *
 * <p>A start touches only what it needs. The command line's own library is asked where the arguments are more than settings:
 * it alone would take a sixth of the time.
 */
public final class Main {
    private Main() {}

    /**
     * Runs the program until it is stopped.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        // Java 22 to 24 would otherwise offer a console where the input is a pipe.
        System.setProperty("jdk.console", "java.base");
        NameLookups.keepShort();
        CacheLine.take();
        System.exit(run(writer(System.out), writer(System.err), args));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, Charset.defaultCharset());
    }

    /** {@return the exit code} */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        Logging.configure(Level.INFO);
        if (args.length > 0 && args[0].equals(Health.COMMAND)) {
            Optional<PlainFlags> plain =
                    PlainFlags.of(Arrays.copyOfRange(args, 1, args.length)).filter(Health::knowsAll);
            if (plain.isPresent()) {
                return exitCode(err, () -> Health.ask(plain.get()::value, false, err));
            }
        }
        Optional<PlainFlags> plain = PlainFlags.of(args);
        return plain.isPresent() ? serve(plain.get(), out, err) : GateCommand.run(out, err, args);
    }

    private static int serve(PlainFlags flags, PrintWriter out, PrintWriter err) {
        return exitCode(err, () -> {
            new Launch(flags.demo(), flags::value, out, err).run();
            return 0;
        });
    }

    private static int exitCode(PrintWriter err, Callable<Integer> command) {
        try {
            return command.call();
        } catch (Exception e) {
            return new CliErrors(err).ofExecution(e);
        }
    }
}
