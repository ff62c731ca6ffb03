package io.pingate.servlet.proxy.theme;

import io.pingate.http.HeaderFields;
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

/** Puts the theme of the moment into the pages of all exchanges. */
public final class ThemeInterceptor implements ExchangeInterceptor {
    private final ThemeFile file;
    /** Unbounded: a decoder that waited for a free thread would hold up whoever waits for it. Mostly there is none. */
    private final ExecutorService decoders = Executors.newCachedThreadPool(ThemeInterceptor::decoder);

    private final ContentCodings codings = new ContentCodings(decoders);
    private final ByteBufferPool buffers;

    private ThemeInterceptor(ThemeFile file, ProxyResources resources) {
        this.file = file;
        this.buffers = resources.buffers();
        file.lookOn(resources.executor());
    }

    /**
     * Reads the theme from its setting.
     *
     * @param settings where the file is named
     * @return what makes the interceptor; empty without a theme
     */
    public static Optional<Factory> read(SettingsReader settings) {
        return settings.optional(Setting.THEME_CSS_PATH, file -> ThemeFile.open(Values.readableFile(file)))
                .map(file -> resources -> new ThemeInterceptor(file, resources));
    }

    /** It keeps to this theme when another one is taken up meanwhile. */
    @Override
    public ThemedExchange begin(String method, HeaderFields clientRequest) {
        return new ThemedExchange(file.theme(), method, clientRequest, codings, buffers);
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
