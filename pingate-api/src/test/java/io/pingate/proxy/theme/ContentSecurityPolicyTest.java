package io.pingate.proxy.theme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentSecurityPolicyTest {
    private static final String HASH = "'sha256-YWJj'";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "style-src 'self'|style-src 'self' HASH",
                "style-src 'self' ; img-src *|style-src 'self' HASH; img-src *",
                "default-src 'self'; style-src 'self'|default-src 'self'; style-src 'self' HASH",
                "style-src a; style-src-elem b|style-src a; style-src-elem b HASH",
                "style-src-attr a; style-src b|style-src-attr a; style-src b HASH",
                "STYLE-SRC 'Self'|STYLE-SRC 'Self' HASH",
                "\tstyle-src\t'self'|\tstyle-src\t'self' HASH",
                "style-src a\t |style-src a HASH",
                "style-src a \u000B|style-src a \u000B HASH",
                "style-src|style-src HASH",
                "style-src 'none'|style-src HASH",
                "img-src x;style-src 'NONE';|img-src x;style-src HASH;",
                "style-src 'none' a|style-src a HASH",
                "style-src 'nonce-abc'|style-src 'nonce-abc' HASH",
                "style-src 'unsafe-inline' 'nonce-abc'|style-src 'unsafe-inline' 'nonce-abc' HASH",
                "style-src 'unsafe-inline' 'sha256-abc='|style-src 'unsafe-inline' 'sha256-abc=' HASH",
                "default-src 'self'|default-src 'self'; style-src 'self' HASH",
                "default-src 'self';|default-src 'self'; style-src 'self' HASH;",
                "default-src 'none'; img-src *|default-src 'none'; style-src HASH; img-src *",
                "default-src|default-src; style-src HASH",
                "style-src a; style-src b|style-src a HASH; style-src b",
                "style-src a, style-src b|style-src a HASH, style-src b HASH",
                "style-src a,, default-src b|style-src a HASH,, default-src b; style-src b HASH",
                "style-src \u00e9; default-src a|style-src \u00e9; default-src a; style-src a HASH",
            })
    void adds_the_hash_where_styles_are_governed(String policy, String expected) {
        assertEquals(expected.replace("HASH", HASH), allowed(policy));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                ",",
                "script-src 'self'",
                "style-src-attr 'none'",
                "upgrade-insecure-requests; sandbox",
                "style-src 'self' 'unsafe-inline'",
                "style-src 'UNSAFE-INLINE'",
                "style-src 'unsafe-inline' 'strict-dynamic' 'nonce-'",
                "default-src 'self' 'unsafe-inline'; script-src 'self'",
                "style-src-elem 'unsafe-inline'; style-src 'self'",
                "default-src * 'unsafe-inline' ; style-srcs x",
            })
    void leaves_a_policy_that_allows_the_style(String policy) {
        assertEquals(policy, allowed(policy));
    }

    @Test
    void is_the_same_when_the_hash_is_there_already() {
        String once = allowed("default-src 'self', style-src 'none'");
        assertEquals(once, allowed(once));
    }

    @Test
    void keeps_a_policy_of_8_kib_that_says_nothing_of_styles() {
        String policy = "script-src " + "https://example.org ".repeat(410);
        assertEquals(policy, allowed(policy));
    }

    @Test
    void serialises_what_it_read_when_it_is_garbage() {
        Random random = new Random(7);
        String alphabet = "style-src default-src 'none'\"\t\n;;;,,,\u0000\u00ff";
        for (int round = 0; round < 5_000; round++) {
            StringBuilder garbage = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                garbage.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String policy = garbage.toString();
            assertEquals(policy, ContentSecurityPolicy.parse(policy).toString());
            assertEquals(allowed(policy), allowed(allowed(policy)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "script-src 'self'|script-src 'self' HASH",
                "script-src a; script-src-elem b; style-src c|script-src a; script-src-elem b HASH; style-src c",
                "script-src 'nonce-abc' 'strict-dynamic'|script-src 'nonce-abc' 'strict-dynamic' HASH",
                "script-src 'unsafe-inline' 'Strict-Dynamic'|script-src 'unsafe-inline' 'Strict-Dynamic' HASH",
                "script-src 'unsafe-inline' 'nonce-abc'|script-src 'unsafe-inline' 'nonce-abc' HASH",
                "script-src 'none'; default-src a|script-src HASH; default-src a",
                "default-src 'self'; script-src-attr b|default-src 'self'; script-src 'self' HASH; script-src-attr b",
                "script-src 'self' 'unsafe-inline'|script-src 'self' 'unsafe-inline'",
                "default-src 'unsafe-inline'|default-src 'unsafe-inline'",
                "style-src 'none'; sandbox|style-src 'none'; sandbox",
                "script-src HASH|script-src HASH",
            })
    void adds_the_hash_where_scripts_are_governed(String policy, String expected) {
        assertEquals(
                expected.replace("HASH", HASH),
                ContentSecurityPolicy.parse(policy.replace("HASH", HASH))
                        .allowScript(HASH)
                        .toString());
    }

    private static String allowed(String policy) {
        return ContentSecurityPolicy.parse(policy).allowStyle(HASH).toString();
    }
}
