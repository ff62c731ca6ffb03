package io.pingate.servlet.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.proxy.theme.PageScript;
import org.junit.jupiter.api.Test;

/** What the script does in a browser, {@code real-programs/self-heal} shows. */
class SelfHealingTest {
    private static final int MAX_BYTES = 4 * 1024;

    @Test
    void script_may_stand_in_any_page_and_is_small() {
        String script = SelfHealing.script("/pin");
        assertEquals(
                script.length() + "<script></script>".length(),
                PageScript.of(script).markup().remaining());
        assertTrue(
                script.contains("gate = \"/pin\", words = {\"en\":[\"Your session has ended.\",\"Sign in\"],\"de\":"));
        assertFalse(script.contains("GATE_PATH") || script.contains("WORDS"), script);
        String words = script.substring(script.indexOf("{\"en\""), script.indexOf(", { origin"));
        assertTrue(script.length() - words.length() < MAX_BYTES, script.length() + " bytes");
        assertTrue(words.length() < MAX_BYTES, words.length() + " bytes of words");
    }

    @Test
    void path_of_a_webapp_stays_text() {
        assertTrue(SelfHealing.script("/a\"</script>\u00e4/pin")
                .contains("gate = \"/a\\\"\\u003c/script\\u003e\\u00e4/pin\", "));
    }
}
