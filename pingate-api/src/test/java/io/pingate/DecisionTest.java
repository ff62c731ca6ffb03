package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionTest {
    static Stream<Decision> every_case() {
        return Stream.of(
                Decision.Admit.STRANGER,
                new Decision.SignIn("/pin?next=/"),
                new Decision.Unauthorized("/"),
                new Decision.ShowForm("/", false),
                new Decision.SignedIn("/", Instant.EPOCH),
                new Decision.TryPin(),
                new Decision.ShowLink(SignInLink.fresh(Instant.EPOCH, false, "/")),
                new Decision.LinkRefused(410, "Over."),
                new Decision.Unlock("/", "pingate=x"),
                new Decision.WrongPin("/", 4),
                new Decision.Throttled(Duration.ofMinutes(1), "/"),
                new Decision.SignOut("/pin", List.of("pingate=")),
                new Decision.Healthy(false),
                new Decision.Refuse(405, "GET only.", "GET"),
                new Decision.ForeignForm("No.", "Origin", "https://evil.test", "gate.test"));
    }

    @ParameterizedTest
    @MethodSource("every_case")
    void match_hands_a_decision_to_its_own_case(Decision decision) {
        String name = decision.getClass().getSimpleName();
        String caseName = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);

        assertEquals(caseName, decision.match(recording(decision)));
    }

    @Test
    void no_case_is_left_out() {
        Set<Class<?>> tried = every_case().map(Object::getClass).collect(Collectors.toSet());

        assertEquals(Set.of(Decision.class.getPermittedSubclasses()), tried);
    }

    /** With a default method, a new case would find no answer and nobody would be told. */
    @Test
    void compiler_asks_for_every_case() {
        List<Class<?>> asked = Arrays.stream(Decision.Cases.class.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .<Class<?>>map(method -> method.getParameterTypes()[0])
                .toList();

        assertEquals(Decision.class.getPermittedSubclasses().length, asked.size());
        assertTrue(asked.containsAll(Set.of(Decision.class.getPermittedSubclasses())));
        assertEquals(asked.size(), Decision.Cases.class.getMethods().length);
    }

    /** Answers with the name of the method that was called, and sees to it that it got this very decision. */
    @SuppressWarnings("unchecked")
    private static Decision.Cases<String> recording(Decision expected) {
        return (Decision.Cases<String>) Proxy.newProxyInstance(
                Decision.class.getClassLoader(), new Class<?>[] {Decision.Cases.class}, (self, method, arguments) -> {
                    assertSame(expected, arguments[0]);
                    return method.getName();
                });
    }
}
