package io.pingate.servlet.access;

import io.pingate.PinGatePaths;
import io.pingate.servlet.log.LineWriter;
import io.pingate.servlet.log.LogPlace;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import java.util.Optional;

/** Where the access log goes, and how it is written. */
public final class AccessSettings {
    /** The name of SLF4J's logger that has the lines where the log is to go to that of the program around the gate. */
    private static final String LOGGER = "io.pingate.access";

    private final LogPlace place;
    private final AccessFormat format;

    private AccessSettings(LogPlace place, AccessFormat format) {
        this.place = place;
        this.format = format;
    }

    /**
     * Reads the settings.
     *
     * @param settings the reader
     * @return what they say
     */
    public static AccessSettings read(SettingsReader settings) {
        return new AccessSettings(
                settings.required(Setting.ACCESS_LOG, text -> LogPlace.of(text, LOGGER)),
                settings.required(Setting.ACCESS_FORMAT, AccessFormat::of));
    }

    /**
     * Opens the log.
     *
     * @param writer writes it
     * @param paths where the gate's own pages live, with the webapp's context path
     * @return the log, which has to be closed; empty when it is off
     */
    public Optional<AccessLog> open(LineWriter writer, PinGatePaths paths) {
        return place instanceof LogPlace.Off
                ? Optional.empty()
                : Optional.of(new AccessLog(format, paths, writer, place));
    }
}
