package io.pingate.standalone.doctor;

import java.io.IOException;
import java.util.List;

/** Whether the gate of these settings runs where they say. */
final class GateCheck implements Check {
    private static final int TIMEOUT_MILLIS = 5_000;

    private final Probe probe;
    private final String health;

    GateCheck(Probe probe, String health) {
        this.probe = probe;
        this.health = health;
    }

    @Override
    public String subject() {
        return "gate";
    }

    @Override
    public List<Finding> look() {
        String where = probe.place().origin();
        try {
            Response well = Wire.ask(probe.place(), "GET", health, -1, TIMEOUT_MILLIS, List.of());
            if (well.status() != 200) {
                return List.of(Finding.fail(
                        "what listens at " + where + " is no gate: " + health + " is answered " + well.status(),
                        "end what listens there, or let PINGATE_PORT and PINGATE_HOST say where the gate does"));
            }
            return List.of(
                    Probe.isOurs(probe.ask("GET", ""))
                            ? Finding.ok("the gate runs at " + where + ", with the key of these settings")
                            : Finding.fail(
                                    "the gate at " + where + " has another key, or is of an older version",
                                    "give this command the settings of that gate: its secret, or its PINGATE_STATE_DIR"));
        } catch (IOException e) {
            return List.of(Finding.fail(
                    "no gate at " + where + ": " + Faults.reason(e),
                    "start it, or give this command the settings that it was started with"));
        }
    }
}
