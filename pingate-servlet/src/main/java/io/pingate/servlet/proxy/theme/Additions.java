package io.pingate.servlet.proxy.theme;

import io.pingate.proxy.theme.Addition;
import io.pingate.proxy.theme.PageScript;
import io.pingate.proxy.theme.Theme;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What pages get at the moment: the theme, the script, or both; one of them there must be. */
final class Additions {
    private final @Nullable ThemeFile file;
    private final @Nullable PageScript script;
    private volatile @Nullable Both both;

    /** The theme that was there last, and the script behind it: the theme's file may be a large one. */
    private record Both(Theme theme, Addition whole) {}

    Additions(@Nullable ThemeFile file, @Nullable PageScript script) {
        this.file = file;
        this.script = script;
    }

    Addition now() {
        if (file == null) {
            return Objects.requireNonNull(script, "neither theme nor script");
        }
        Theme theme = file.theme();
        return script == null ? theme : both(theme, script);
    }

    private Addition both(Theme theme, PageScript behind) {
        Both last = both;
        if (last == null || last.theme != theme) {
            last = new Both(theme, Addition.both(theme, behind));
            both = last;
        }
        return last.whole;
    }
}
