package io.pingate.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.settings.Setting;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

class PlainFlagsTest {
    @Test
    void none_are_plain() {
        assertEquals(Optional.of(new PlainFlags(false, Map.of())), PlainFlags.of());
    }

    @ParameterizedTest
    @EnumSource
    void setting_is_plain_unless_it_is_a_secret(Setting setting) {
        assertEquals(setting.secret(), PlainFlags.of(setting.flag(), "a").isEmpty());
        assertEquals(setting.secret(), PlainFlags.of(setting.flag() + "=a").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port 1 --upstream=http://h:1/?a=b",
                "--demo --port 0",
                "--port 0 --demo",
                "--host=@file",
                "--host @file",
                "--host \"a\"",
                "--host=${user.home}"
            })
    void plain_ones_are_read_as_the_whole_command_line_reads_them(String line) {
        String[] args = line.split(" ");
        PlainFlags plain = PlainFlags.of(args).orElseThrow();
        ParseResult whole = GateCommand.commandLine().parseArgs(args);
        assertEquals(whole.matchedOptionValue("--demo", false), plain.demo());
        for (Setting setting : Setting.values()) {
            String flag = setting.flag();
            assertEquals(whole.matchedOptionValue(flag, (String) null), plain.value(flag), flag);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "-V",
                "hash-pin",
                "sign-out-all --state-dir=a",
                "--port",
                "--port=",
                "--port 1 --port 2",
                "--port --demo",
                "--state-dir=--demo",
                "--port hash-pin",
                "--demo --demo",
                "--demo=true",
                "--demo --upstream http://h",
                "--nope a",
                "--",
                "a",
                "=a"
            })
    void everything_else_is_for_the_whole_command_line(String line) {
        assertTrue(PlainFlags.of(line.split(" ")).isEmpty());
    }

    @Test
    void no_command_is_taken_for_a_value() {
        CommandLine whole = GateCommand.commandLine();
        assertEquals(whole.getSubcommands().keySet(), PlainFlags.COMMANDS);
        whole.getSubcommands()
                .keySet()
                .forEach(name -> assertTrue(PlainFlags.of("--port", name).isEmpty(), name));
    }
}
