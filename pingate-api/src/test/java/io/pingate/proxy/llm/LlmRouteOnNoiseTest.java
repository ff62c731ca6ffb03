package io.pingate.proxy.llm;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.pingate.http.HeaderFields;
import io.pingate.http.RequestTarget;
import io.pingate.proxy.Lines;
import io.pingate.proxy.Route;
import io.pingate.proxy.SignedIn;
import io.pingate.proxy.Upstream;
import io.pingate.proxy.forwarded.ForwardedHeaders;
import io.pingate.proxy.forwarded.Forwarding;
import io.pingate.proxy.forwarded.TrustedProxies;
import io.pingate.proxy.headers.CacheScope;
import io.pingate.proxy.headers.IdentityHeaders;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client writes into its fields, the rules have an answer and let no identity through. */
class LlmRouteOnNoiseTest {
    private static final String[] NAMES = {
        "Host",
        "Origin",
        "Connection",
        "Cookie",
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "X-Forwarded-Host",
        "X-Forwarded-Port",
        "X_Trusted-User_Email",
        "Upgrade",
        "Sec-Fetch-Site",
        "X-Real-IP",
        "Authorization"
    };
    private static final String PIECES = ",;:=.%/[]@ \\\"'{}\t\u0000\u00e9\u00ff019afpingate-://";

    private final ForwardedHeaders forwarded = new ForwardedHeaders(TrustedProxies.loopbackAndPrivate());
    private final Route llm = LlmRoute.of(
            "/api/llm",
            Upstream.of("http://127.0.0.1:1"),
            LlmRoute.headers("pingate", IdentityHeaders.none(), "sk-master-1234"),
            new LlmRules(AllowedOrigins.of("https://chat.example"), AllowedPaths.of("*"), "ORIGINS", "PATHS"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void never_fails_when_fields_are_noise(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            HeaderFields noise = noise(random);
            assertDoesNotThrow(() -> passThrough(noise));
        }
    }

    private void passThrough(HeaderFields noise) {
        Forwarding way = forwarded.of(Lines.address("127.0.0.1"), "http", noise.first("Host"), noise);
        llm.judge("POST", RequestTarget.of("/api/llm/v1/models"), way, SignedIn.BY_COOKIE, noise);
        llm.headers()
                .upstreamRequest(noise, way, false)
                .forEach((name, value) -> assertFalse(
                        name.toLowerCase(Locale.ROOT).replace('_', '-').matches("x-trusted-.*|authorization"), name));
        llm.headers().clientResponse(noise, CacheScope.PRIVATE).forEach((name, value) -> {});
    }

    private static HeaderFields noise(Random random) {
        String[] fields = new String[2 * random.nextInt(6)];
        for (int i = 0; i < fields.length; i += 2) {
            fields[i] = NAMES[random.nextInt(NAMES.length)];
            fields[i + 1] = text(random);
        }
        return HeaderFields.of(fields);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(24); length > 0; length--) {
            text.append(PIECES.charAt(random.nextInt(PIECES.length())));
        }
        return text.toString();
    }
}
