package io.pingate.standalone;

import io.nayuki.qrcodegen.QrCode;
import java.util.ArrayList;
import java.util.List;

/** A QR code as lines of text, two rows of modules in each: half blocks are as wide as they are high. */
final class QrText {
    /** The margin that readers ask for (ISO/IEC 18004 section 6.3.8). */
    private static final int MARGIN = 4;

    /** Light on dark, whatever the terminal's own colours are: not every reader knows a code that is inverted. */
    private static final String LIGHT_ON_DARK = "\u001b[97;40m";

    private static final String RESET = "\u001b[0m";

    private QrText() {}

    /** What is light is drawn; colours say so to a terminal that has them. */
    static List<String> of(String text, boolean colours) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        List<String> lines = new ArrayList<>();
        for (int y = -MARGIN; y < code.size + MARGIN; y += 2) {
            StringBuilder line = new StringBuilder(colours ? LIGHT_ON_DARK : "");
            for (int x = -MARGIN; x < code.size + MARGIN; x++) {
                // Modules outside are light; below the last row lies nothing.
                boolean lower = y + 1 < code.size + MARGIN && !code.getModule(x, y + 1);
                line.append(block(!code.getModule(x, y), lower));
            }
            lines.add(line.append(colours ? RESET : "").toString());
        }
        return lines;
    }

    private static char block(boolean upper, boolean lower) {
        if (upper) {
            return lower ? '\u2588' : '\u2580';
        }
        return lower ? '\u2584' : ' ';
    }
}
