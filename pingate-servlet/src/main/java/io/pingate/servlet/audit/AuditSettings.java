package io.pingate.servlet.audit;

import io.pingate.servlet.log.LineWriter;
import io.pingate.servlet.log.LogFormat;
import io.pingate.servlet.log.LogPlace;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Where the audit log goes, and how it is written.
 *
 * @param place where it goes
 * @param format how an event becomes a line
 */
public record AuditSettings(LogPlace place, LogFormat format) {
    /** The name of SLF4J's logger that has the lines where the log is to go to that of the program around the gate. */
    public static final String LOGGER = "io.pingate.audit";

    /**
     * Reads the settings.
     *
     * @param settings the reader
     * @param ownProgram whether the gate is a program of its own, whose console is the gate's; in a webapp the default is
     *     the log of its container
     * @return what they say
     */
    public static AuditSettings read(SettingsReader settings, boolean ownProgram) {
        LogPlace usual = ownProgram ? new LogPlace.StandardError() : new LogPlace.Logger(LOGGER);
        return new AuditSettings(
                settings.optional(Setting.AUDIT_LOG, text -> LogPlace.of(text, LOGGER))
                        .orElse(usual),
                settings.required(Setting.AUDIT_FORMAT, LogFormat::of));
    }

    /**
     * Opens the log.
     *
     * @param writer writes it
     * @param clock the gate's
     * @return the log, which has to be closed; empty when it is off
     */
    public Optional<AuditLog> open(LineWriter writer, InstantSource clock) {
        if (place instanceof LogPlace.Off) {
            return Optional.empty();
        }
        return Optional.of(new AuditLog(
                writer.open("The audit log", place, count -> List.of(AuditLog.leftOut(format, clock.instant(), count))),
                format,
                System::nanoTime));
    }
}
