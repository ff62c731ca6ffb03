package io.pingate.standalone;

import io.pingate.servlet.settings.Setting;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The command-line options that aren't written as fields. */
final class Options {
    private Options() {}

    /** The settings, which {@code --help} shows by itself. */
    static void addSettings(CommandSpec command) {
        addSettingFlags(command);
        // Picocli reads % as the start of a format.
        command.usageMessage()
                .footer(SettingsHelp.lines().stream()
                        .map(line -> line.replace("%", "%%"))
                        .toArray(String[]::new));
    }

    /** The settings, for a command that is about a gate of these. */
    static void addSettingFlags(CommandSpec command) {
        for (Setting setting : Setting.values()) {
            if (!setting.secret()) {
                command.addOption(OptionSpec.builder(setting.flag())
                        .type(String.class)
                        .hidden(true)
                        .build());
            }
        }
    }

    static void addStandard(CommandSpec command) {
        command.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("show this help")
                .build());
        command.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("show the versions of gate, server and Java")
                .build());
        command.versionProvider(new Version());
    }
}
