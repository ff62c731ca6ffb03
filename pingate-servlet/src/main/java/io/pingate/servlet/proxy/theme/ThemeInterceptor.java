package io.pingate.servlet.proxy.theme;

import io.pingate.http.HeaderFields;
import io.pingate.proxy.theme.Addition;
import io.pingate.proxy.theme.PageScript;
import io.pingate.proxy.theme.Theme;
import io.pingate.servlet.page.SelfHealing;
import io.pingate.servlet.proxy.intercept.ExchangeInterceptor;
import io.pingate.servlet.proxy.theme.coding.ContentCodings;
import io.pingate.servlet.settings.FileContents;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.settings.Values;
import java.util.Optional;
import org.eclipse.jetty.io.ByteBufferPool;

/** Puts a theme, and the script by which pages notice that their session has ended, into the pages of all exchanges. */
public final class ThemeInterceptor implements ExchangeInterceptor {
    private final Addition addition;
    private final ContentCodings codings;
    private final ByteBufferPool buffers;

    private ThemeInterceptor(Addition addition, ContentCodings codings, ByteBufferPool buffers) {
        this.addition = addition;
        this.codings = codings;
        this.buffers = buffers;
    }

    /**
     * Reads what is put into pages from its settings.
     *
     * @param settings where the theme's file is named, and whether there is a script
     * @param gatePath where the sign-in form is, below the webapp's context path
     * @return what makes the interceptor; empty when pages stay as they are
     */
    public static Optional<Factory> read(SettingsReader settings, String gatePath) {
        Optional<Theme> theme = settings.file(Setting.THEME_CSS_PATH, Theme.MAX_BYTES, ThemeInterceptor::theme);
        if (!settings.required(Setting.SELF_HEAL, Values::truth)) {
            return theme.map(ThemeInterceptor::of);
        }
        return Optional.of(resources -> {
            PageScript script = PageScript.of(SelfHealing.script(resources.contextPath() + gatePath));
            Addition addition = theme.isPresent() ? Addition.both(theme.get(), script) : script;
            return of(addition).create(resources);
        });
    }

    private static Factory of(Addition addition) {
        return resources ->
                new ThemeInterceptor(addition, new ContentCodings(resources.threads()), resources.buffers());
    }

    private static Theme theme(FileContents css) {
        try {
            return Theme.of(css.bytes());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(css.file() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public ThemedExchange begin(String method, HeaderFields clientRequest) {
        return new ThemedExchange(addition, method, clientRequest, codings, buffers);
    }
}
