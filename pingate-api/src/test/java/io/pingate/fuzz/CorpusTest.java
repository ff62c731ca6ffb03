package io.pingate.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.pingate.testing.Corpus;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorpusTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                CookieFuzz.class,
                ReturnPathFuzz.class,
                HeaderRulesFuzz.class,
                ForwardedFuzz.class,
                ThemeFuzz.class,
                PolicyFuzz.class
            })
    void target_holds_for_every_input_that_was_kept(Class<?> target) throws Exception {
        List<byte[]> inputs = Corpus.of(target);
        assertFalse(inputs.isEmpty());
        for (byte[] input : inputs) {
            target.getDeclaredMethod("fuzzerTestOneInput", byte[].class).invoke(null, (Object) input);
        }
    }
}
