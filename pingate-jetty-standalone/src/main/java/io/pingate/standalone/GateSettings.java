package io.pingate.standalone;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.settings.SettingsSource;
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
}
