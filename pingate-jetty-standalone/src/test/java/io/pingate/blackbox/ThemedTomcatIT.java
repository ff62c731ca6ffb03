package io.pingate.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contract about the theme, kept by the drop-in WAR in Tomcat 11, over the Servlet API alone. */
class ThemedTomcatIT {
    private static Stage stage;

    @BeforeAll
    static void open() throws Exception {
        stage = Stage.openFurnished("themed-tomcat", TomcatGate.tomcat11());
    }

    @AfterAll
    static void close() throws Exception {
        stage.close();
    }

    @Nested
    class Theme extends ThemeContract {
        Theme() {
            super(ThemedTomcatIT.stage);
        }
    }

    @Nested
    class ThemeBounds extends ThemeBoundsContract {
        ThemeBounds() {
            super(ThemedTomcatIT.stage);
        }
    }
}
