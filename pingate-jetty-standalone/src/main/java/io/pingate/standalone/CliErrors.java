package io.pingate.standalone;

import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what went wrong: a line for each thing that the user can put right, and exit code 2. */
final class CliErrors {
    private static final Logger LOG = LoggerFactory.getLogger(CliErrors.class);

    private final PrintWriter err;

    CliErrors(PrintWriter err) {
        this.err = err;
    }

    int ofArguments(ParameterException fault, String[] args) {
        return tell(List.of(secretFlag(args).orElseGet(() -> reason(fault))));
    }

    int ofExecution(Exception fault) {
        if (fault instanceof SettingsException settings) {
            return tell(settings.faults());
        }
        if (fault instanceof IOException) {
            return tell(List.of(String.valueOf(fault.getMessage())));
        }
        LOG.error("pingate can't start", fault);
        return CommandLine.ExitCode.SOFTWARE;
    }

    private int tell(List<String> lines) {
        lines.forEach(line -> err.println("pingate: " + line));
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    /** Without the values, which may be secret. */
    private static String reason(ParameterException fault) {
        if (fault instanceof UnmatchedArgumentException unmatched) {
            return "there is no " + name(unmatched.getUnmatched().get(0)) + "; --help shows what there is";
        }
        if (fault instanceof MissingParameterException missing
                && missing.getMissing().get(0) instanceof OptionSpec flag) {
            return flag.longestName() + " needs a value; --help shows which";
        }
        if (fault instanceof OverwrittenOptionException twice && twice.getOverwritten() instanceof OptionSpec flag) {
            return flag.longestName() + " is given twice; leave one of them out";
        }
        return String.valueOf(fault.getMessage());
    }

    /** Somebody who tries {@code --pin 1234} wants to know the way that works. */
    private static Optional<String> secretFlag(String[] args) {
        return Arrays.stream(Setting.values())
                .filter(Setting::secret)
                .filter(setting -> Arrays.stream(args).anyMatch(arg -> name(arg).equals(setting.flag())))
                .map(setting -> setting.flag() + " is no flag, since everybody on this machine could read it; set "
                        + setting.environmentName() + " in the environment or in the file of " + Setting.CONFIG.flag())
                .findFirst();
    }

    private static String name(String arg) {
        int equals = arg.indexOf('=');
        return equals < 0 ? arg : arg.substring(0, equals);
    }
}
