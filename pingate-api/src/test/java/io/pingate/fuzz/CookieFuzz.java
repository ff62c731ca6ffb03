package io.pingate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.Decision;
import io.pingate.GateCookie;
import io.pingate.GateRequest;
import io.pingate.PinGate;
import io.pingate.http.HeaderFields;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Cookie fields, one a line; {@code {123}} in them becomes the token of that value. Nobody gets in whose fields hold no good
 * token, whoever sends a good one gets in, and the other cookies stay.
 */
final class CookieFuzz {
    private static final String KEY = "key-of-the-fuzz-targets";
    private static final long NOW = 1_790_000_000;
    private static final long LATEST = NOW + 31 * 24 * 3600;
    private static final String NAME = "pingate";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}\n]{0,20})}");
    private static final Pattern TOKEN = Pattern.compile("(?<![0-9])(0|[1-9][0-9]{0,11})\\.([0-9a-f]{64})");
    private static final GateCookie COOKIE = new GateCookie(NAME);
    private static final PinGate GATE = Gates.of(KEY);

    private CookieFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<String> fields = Arrays.asList(PLACEHOLDER
                .matcher(Fields.text(input))
                .replaceAll(CookieFuzz::signed)
                .split("\n", -1));
        boolean in = isAdmitted(fields);
        if (fields.stream().noneMatch(CookieFuzz::holdsGoodToken)) {
            assertFalse(in, "nobody signed this");
        }
        if (fields.stream().anyMatch(CookieFuzz::isPlainlyGood)) {
            assertTrue(in, "this is a good token");
        }
        List<String> rest = new ArrayList<>();
        for (String field : fields) {
            String others = COOKIE.cutFrom(field);
            assertEquals(pairs(field), pairs(others == null ? "" : others));
            assertTrue(others == null || others.equals(field) || !others.isBlank(), "a blank field");
            COOKIE.isSetBy(field);
            rest.add(others == null ? "" : others);
        }
        assertFalse(isAdmitted(rest), "the token is still in it");
    }

    private static boolean isAdmitted(List<String> cookies) {
        List<Map.Entry<String, String>> fields =
                cookies.stream().map(value -> Map.entry("Cookie", value)).toList();
        GateRequest request = GateRequest.builder()
                .method("GET")
                .target("/")
                .headers(HeaderFields.of(fields))
                .host("gate.test")
                .build();
        return GATE.decide(request, Instant.ofEpochSecond(NOW)) instanceof Decision.Admit;
    }

    /** The cookies of other names, without the blanks around them, and without what old clients say of ours ($Path). */
    private static List<String> pairs(String field) {
        return Arrays.stream(field.split(";", -1))
                .map(String::trim)
                .filter(pair -> !pair.isEmpty() && !pair.startsWith("$") && !isOwn(pair))
                .toList();
    }

    private static boolean isOwn(String pair) {
        int equals = pair.indexOf('=');
        return equals >= 0 && pair.substring(0, equals).trim().equals(NAME);
    }

    private static boolean isPlainlyGood(String field) {
        return Arrays.stream(field.split("; ", -1))
                .filter(pair -> pair.startsWith(NAME + "="))
                .map(pair -> TOKEN.matcher(pair.substring(NAME.length() + 1)))
                .anyMatch(token -> token.matches() && isGood(token));
    }

    private static boolean holdsGoodToken(String field) {
        return TOKEN.matcher(field).results().anyMatch(CookieFuzz::isGood);
    }

    private static boolean isGood(MatchResult token) {
        long expiry = Long.parseLong(token.group(1));
        return token.group(2).equals(mac(token.group(1))) && expiry > NOW && expiry <= LATEST;
    }

    private static String signed(MatchResult placeholder) {
        String value = placeholder.group(1);
        return Matcher.quoteReplacement(value + "." + mac(value));
    }

    private static String mac(String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(value.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
