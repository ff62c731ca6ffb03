package io.pingate.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, by which services are told to read their settings again, as by {@code systemctl reload}. The same signal says that
 * the terminal is gone that a program was started on: then it ends, as before. Java without it (Windows) does without.
 */
final class HangUp {
    private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);
    private static final Path TERMINAL = Path.of("/dev/tty");
    /** What a shell reports of a program that SIGHUP has ended. */
    private static final int ENDED_BY_SIGNAL = 128 + 1;

    private final boolean onTerminal = hasTerminal();
    private @Nullable Runnable reload;
    private boolean pending;

    private HangUp() {}

    /** Begins to listen: from now on the signal ends a program no more, though it may still be starting. */
    static HangUp listen() {
        HangUp hangUp = new HangUp();
        try {
            // Not by its name in the source, which javac warns of: Java has no other way to hear a signal.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler heard = (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    hangUp.heard();
                    return null;
                }
                return method.invoke(hangUp, arguments);
            };
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance("HUP"),
                            Proxy.newProxyInstance(HangUp.class.getClassLoader(), new Class<?>[] {handler}, heard));
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.debug("SIGHUP is not heard here", e);
        }
        return hangUp;
    }

    /** The gate runs; what was heard while it started is done now. */
    synchronized void reloads(Runnable action) {
        reload = action;
        if (pending) {
            action.run();
        }
    }

    private synchronized void heard() {
        if (onTerminal && !hasTerminal()) {
            // Not on this thread, which holds what others may wait for.
            new Thread(() -> System.exit(ENDED_BY_SIGNAL), "hang-up").start();
            return;
        }
        Runnable action = reload;
        if (action == null) {
            pending = true;
            return;
        }
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.warn(
                    "settings can't be read again ({}); all of them stay",
                    e.getClass().getSimpleName());
        }
    }

    private static boolean hasTerminal() {
        try (InputStream terminal = Files.newInputStream(TERMINAL)) {
            return terminal != null;
        } catch (IOException e) {
            return false;
        }
    }
}
