package io.pingate.standalone;

import io.pingate.servlet.settings.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command line with all that it knows: subcommands, help, and a word on whatever is wrong with it. */
@Command(
        name = "pingate",
        subcommands = {
            HashPin.class,
            Token.class,
            Tokens.class,
            Revoke.class,
            Link.class,
            SignOutAll.class,
            HealthCommand.class,
            Doctor.class
        },
        sortOptions = false,
        customSynopsis = {
            "pingate [OPTIONS]",
            "       pingate --demo",
            "       pingate hash-pin",
            "       pingate token NAME",
            "       pingate tokens",
            "       pingate revoke NAME",
            "       pingate link",
            "       pingate sign-out-all",
            "       pingate health",
            "       pingate doctor"
        },
        description = "%nPuts one PIN in front of a local web tool.",
        optionListHeading = "%n",
        commandListHeading = "%n")
final class GateCommand implements Callable<Integer> {
    /** Commands that find the gate they are for by its settings. */
    private static final Set<String> TAKING_SETTINGS = Set.of("token", "tokens", "revoke", "link", "doctor");

    @Option(names = "--demo", description = "try the gate in front of a page of its own")
    private boolean demo;

    // Picocli sets it before it calls anything here.
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    private GateCommand() {}

    /** {@return the exit code} */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        CliErrors faults = new CliErrors(err);
        return commandLine()
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(faults::ofArguments)
                .setExecutionExceptionHandler((fault, command, given) -> faults.ofExecution(fault))
                .execute(args);
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new GateCommand());
        Options.addStandard(commandLine.getCommandSpec());
        Options.addSettings(commandLine.getCommandSpec());
        commandLine.getSubcommands().forEach((name, command) -> {
            Options.addStandard(command.getCommandSpec());
            if (TAKING_SETTINGS.contains(name)) {
                Options.addSettingFlags(command.getCommandSpec());
            }
        });
        return commandLine.setExpandAtFiles(false);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (demo && flag(Setting.UPSTREAM.flag()) != null) {
            throw new ParameterException(
                    spec.commandLine(), "--demo brings an upstream of its own; leave out " + Setting.UPSTREAM.flag());
        }
        CommandLine commandLine = spec.commandLine();
        new Launch(demo, this::flag, commandLine.getOut(), commandLine.getErr()).run();
        return CommandLine.ExitCode.OK;
    }

    private @Nullable String flag(String name) {
        ParseResult given = spec.commandLine().getParseResult();
        return given.matchedOptionValue(name, null);
    }
}
