package io.pingate.servlet.settings;

import java.util.List;

/** Settings that the gate can't start with: every fault at once, one line each, never with a secret's value. */
public final class SettingsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    /**
     * Tells faults.
     *
     * @param faults lines as {@link #faults()} gives them
     */
    public SettingsException(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    /**
     * The faults, in the order of the table of settings.
     *
     * @return lines of the form {@code PINGATE_PORT: the rule; what to write instead}
     */
    public List<String> faults() {
        return faults;
    }
}
