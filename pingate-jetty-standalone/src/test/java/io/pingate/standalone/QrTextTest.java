package io.pingate.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nayuki.qrcodegen.QrCode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrTextTest {
    /** Half blocks read back: the very modules of the code, in a light margin of four. */
    @ParameterizedTest
    @ValueSource(
            strings = {"a", "https://notes.example.org/pin/link/pgl1.MDEyMzQ1Njc4OWFiY0RFLQoxNzkwMDg2NDAwCm9uY2UKLw.x"})
    void picture_is_that_of_the_code(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        List<String> lines = QrText.of(text, false);
        assertEquals((code.size + 8 + 1) / 2, lines.size());
        for (int y = -4; y < code.size + 4; y++) {
            String line = lines.get((y + 4) / 2);
            assertEquals(code.size + 8, line.length());
            for (int x = -4; x < code.size + 4; x++) {
                boolean light = ((y + 4) % 2 == 0 ? "\u2588\u2580" : "\u2588\u2584").indexOf(line.charAt(x + 4)) >= 0;
                assertEquals(code.getModule(x, y), !light, x + ", " + y);
            }
        }
        assertTrue(QrText.of(text, true).get(0).matches("\u001b\\[97;40m\u2588+\u001b\\[0m"));
    }
}
