package io.pingate.standalone;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.settings.SettingsSource;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The settings of the gate that a command is for: whatever flags it was started with may be given to the command too. */
final class GateSettings {
    private GateSettings() {}

    static PinGateSettings of(CommandSpec command) {
        ParseResult given = command.commandLine().getParseResult();
        return PinGateSettings.load(
                SettingsSource.flags(name -> given.matchedOptionValue(name, null)),
                SettingsSource.systemProperties(),
                SettingsSource.environment());
    }

    /** {@code gate in process 1} or {@code gates in processes 1, 2}. */
    static String inWords(List<Long> processes) {
        String numbers =
                String.join(", ", processes.stream().map(String::valueOf).toList());
        return processes.size() == 1 ? "gate in process " + numbers : "gates in processes " + numbers;
    }
}
