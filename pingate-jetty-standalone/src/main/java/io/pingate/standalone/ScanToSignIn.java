package io.pingate.standalone;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.settings.Setting;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a terminal shows at start to whoever sits at it: a code by which a phone signs in without the PIN. Nobody else gets to
 * see it: a log would keep a link that opens the gate.
 */
final class ScanToSignIn {
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private ScanToSignIn() {}

    /** Nothing without a terminal, or without an address that another device could open. */
    static void show(PinGateSettings settings, PrintWriter out) {
        Optional<String> address = settings.publicUrl();
        if (settings.qr() && address.isPresent() && Terminal.isThere() && canShowBlocks()) {
            String link =
                    address.get() + settings.paths().link() + settings.passes().ownLink(LIFETIME, Instant.now());
            out.println("  Scan to sign in, once, within " + LIFETIME.toMinutes() + " min ("
                    + Setting.QR.environmentName() + "=false: no code)");
            out.println();
            QrText.of(link, Terminal.takesColours()).forEach(out::println);
            out.println();
            out.flush();
        }
    }

    private static boolean canShowBlocks() {
        return Charset.defaultCharset().newEncoder().canEncode('\u2580');
    }
}
