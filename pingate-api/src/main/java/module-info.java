/**
 * The core of a gate: its policy, for whoever embeds it, and the rules by which the gate's own proxy passes requests on.
 * {@link io.pingate} is where to begin.
 */
@SuppressWarnings("module") // The modules that it names are built after it.
module io.pingate {
    requires static org.jspecify;

    exports io.pingate;
    exports io.pingate.http;
    exports io.pingate.http.syntax to
            io.pingate.servlet;
    exports io.pingate.proxy to
            io.pingate.servlet,
            io.pingate.standalone;
    exports io.pingate.proxy.forwarded to
            io.pingate.servlet;
    exports io.pingate.proxy.headers to
            io.pingate.servlet;
    exports io.pingate.proxy.llm to
            io.pingate.servlet;
    exports io.pingate.proxy.theme to
            io.pingate.servlet;
}
