package io.pingate.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contract about LLM route, theme and identity, kept by {@code java -jar pingate.jar}. */
class FurnishedIT {
    private static Stage stage;

    @BeforeAll
    static void open() throws Exception {
        stage = Stage.openFurnished("furnished", StandaloneGate::new);
    }

    @AfterAll
    static void close() throws Exception {
        stage.close();
    }

    @Nested
    class Llm extends LlmContract {
        Llm() {
            super(FurnishedIT.stage);
        }
    }

    @Nested
    class Identity extends IdentityContract {
        Identity() {
            super(FurnishedIT.stage);
        }
    }

    @Nested
    class Theme extends ThemeContract {
        Theme() {
            super(FurnishedIT.stage);
        }
    }

    @Nested
    class ThemeBounds extends ThemeBoundsContract {
        ThemeBounds() {
            super(FurnishedIT.stage);
        }
    }
}
