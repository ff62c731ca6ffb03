package io.pingate.servlet.config;

import io.pingate.Pin;
import io.pingate.PinStrength;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.throttle.Allowances;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The PIN, and where it comes from.
 *
 * @param pin the PIN
 * @param origin what gave it, fit to be shown
 * @param text the PIN or its hash, never to be shown
 */
public record PinChoice(Pin pin, String origin, String text) {
    private static final double YEAR = 365.25;
    private static final String SAMPLE = "0000";
    private static final int SHORT = 4;
    private static final String HOW_TO_SET = "write the PIN into PINGATE_PIN or a file that PINGATE_PIN_FILE names,"
            + " or its hash into PINGATE_PIN_HASH";

    /**
     * Reads the PIN.
     *
     * @param listenHost where the gate will listen; empty in a container, whose connectors it doesn't know
     */
    public static PinChoice read(SettingsReader settings, Optional<String> listenHost) {
        Optional<Setting> origin = settings.oneOf(Setting.PIN, Setting.PIN_FILE, Setting.PIN_HASH);
        if (origin.isEmpty()) {
            return sample(settings, listenHost);
        }
        PinChoice choice =
                read(settings, origin.get()).orElseGet(() -> clear(origin.get().environmentName(), SAMPLE));
        if (choice.pin.matches(SAMPLE)) {
            settings.warn("The PIN is " + SAMPLE + ", the first that anybody tries: choose another one.");
        } else if (origin.get() != Setting.PIN_HASH && choice.text.codePointCount(0, choice.text.length()) < SHORT) {
            settings.warn("The PIN has fewer than " + SHORT
                    + " characters, and is soon found by trying: choose a longer" + " one.");
        }
        return choice;
    }

    /** Whether it is the one that every gate has which nobody has set up. */
    public boolean isSample() {
        return origin.equals("sample");
    }

    /** A sentence on what the PIN withstands. */
    public String strength() {
        PinStrength strength = PinStrength.of(pin, Allowances.USUAL.all().atOnce(), Allowances.USUAL.allAnHour());
        String budget = "All clients together get " + strength.guessesADay() + " guesses at the PIN a day";
        OptionalDouble days = strength.daysToHalf();
        return days.isEmpty()
                ? budget + "."
                : budget + "; half of all PINs of its kind are tried in " + inWords(days.getAsDouble()) + ".";
    }

    private static String inWords(double days) {
        if (days < 1) {
            return "less than a day";
        }
        return days < YEAR
                ? Math.round(days) + " days"
                : days < 100 * YEAR ? Math.round(days / YEAR) + " years" : "centuries";
    }

    private static Optional<PinChoice> read(SettingsReader settings, Setting origin) {
        String name = origin.environmentName();
        return switch (origin) {
            case PIN_HASH -> settings.optional(origin, text -> new PinChoice(Pin.ofHash(text), name, text.strip()));
            case PIN_FILE -> settings.secretFile(origin, text -> clear(name, text));
            default -> settings.optional(origin, text -> clear(name, text));
        };
    }

    private static PinChoice clear(String origin, String pin) {
        return new PinChoice(Pin.of(pin), origin, pin.strip());
    }

    private static PinChoice sample(SettingsReader settings, Optional<String> listenHost) {
        if (listenHost.isEmpty()) {
            settings.fault(Setting.PIN, "no PIN is set, and who can reach this container is unknown; " + HOW_TO_SET);
        } else if (isLoopback(listenHost.get())) {
            settings.warn("NO PIN IS SET. The sample PIN " + SAMPLE + " opens this gate, under localhost only: "
                    + HOW_TO_SET + ".");
        } else {
            settings.fault(
                    Setting.PIN,
                    "no PIN is set, and the sample " + SAMPLE + " is for a loopback address only; " + HOW_TO_SET);
        }
        return clear("sample", SAMPLE);
    }

    private static boolean isLoopback(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Leaves out the PIN. */
    @Override
    public String toString() {
        return "PinChoice[" + origin + "]";
    }
}
