package io.pingate.servlet.proxy.theme;

import io.pingate.http.HeaderFields;
import io.pingate.proxy.theme.PageScript;
import io.pingate.servlet.page.SelfHealing;
import io.pingate.servlet.proxy.intercept.ExchangeInterceptor;
import io.pingate.servlet.proxy.intercept.ProxyResources;
import io.pingate.servlet.proxy.theme.coding.ContentCodings;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.settings.Values;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.io.ByteBufferPool;
import org.jspecify.annotations.Nullable;

/** Puts the theme of the moment, and the script by which pages notice that their session has ended, into the pages of all exchanges. */
public final class ThemeInterceptor implements ExchangeInterceptor {
    private final Additions additions;
    /** Unbounded: a decoder that waited for a free thread would hold up whoever waits for it. Mostly there is none. */
    private final ExecutorService decoders = Executors.newCachedThreadPool(ThemeInterceptor::decoder);

    private final ContentCodings codings = new ContentCodings(decoders);
    private final ByteBufferPool buffers;

    private ThemeInterceptor(@Nullable ThemeFile file, @Nullable PageScript script, ProxyResources resources) {
        this.additions = new Additions(file, script);
        this.buffers = resources.buffers();
        if (file != null) {
            file.lookOn(resources.executor());
        }
    }

    /**
     * Reads what is put into pages from its settings.
     *
     * @param settings where the theme's file is named, and whether there is a script
     * @param gatePath where the sign-in form is, below the webapp's context path
     * @return what makes the interceptor; empty when pages stay as they are
     */
    public static Optional<Factory> read(SettingsReader settings, String gatePath) {
        ThemeFile file = settings.optional(Setting.THEME_CSS_PATH, path -> ThemeFile.open(Values.readableFile(path)))
                .orElse(null);
        if (!settings.required(Setting.SELF_HEAL, Values::truth)) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(resources -> new ThemeInterceptor(file, null, resources));
        }
        return Optional.of(resources -> new ThemeInterceptor(
                file, PageScript.of(SelfHealing.script(resources.contextPath() + gatePath)), resources));
    }

    /** It keeps to this theme when another one is taken up meanwhile. */
    @Override
    public ThemedExchange begin(String method, HeaderFields clientRequest) {
        return new ThemedExchange(additions.now(), method, clientRequest, codings, buffers);
    }

    @Override
    public void close() {
        decoders.shutdownNow();
    }

    private static Thread decoder(Runnable task) {
        Thread thread = new Thread(task, "pingate-decoder");
        thread.setDaemon(true);
        return thread;
    }
}
