package io.pingate.servlet.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one table of settings: environment names, defaults and meanings. Property names, init-parameters, command-line
 * flags, {@code --help} and the README's table are derived from it.
 */
public enum Setting {
    /** The PIN itself. */
    PIN("PINGATE_PIN", Kind.SECRET, null, "0000 (sample)", "the PIN"),
    /** A file that holds the PIN. */
    PIN_FILE("PINGATE_PIN_FILE", "a file that holds the PIN (Docker and Kubernetes secrets)"),
    /** A hash in place of the PIN. */
    PIN_HASH("PINGATE_PIN_HASH", Kind.SECRET, null, "none", "a hash of the PIN in place of the PIN"),
    /** The key that signs cookies. */
    SECRET(
            "PINGATE_SECRET",
            Kind.SECRET,
            null,
            "a random key, kept",
            "signs cookies: its UTF-8 bytes are the HMAC key; unset: 32 random bytes kept in the state folder"),
    /** A file that holds the key. */
    SECRET_FILE("PINGATE_SECRET_FILE", "a file that holds the key"),
    /** An old key. */
    SECRET_PREVIOUS(
            "PINGATE_SECRET_PREVIOUS",
            Kind.SECRET,
            null,
            "none",
            "one old key that still verifies, so that a rotation signs nobody out; taken whole, 16 bytes or more"),
    /** A file that holds old keys. */
    SECRET_PREVIOUS_FILE(
            "PINGATE_SECRET_PREVIOUS_FILE",
            "a file that holds old keys, one a line; they count beside that of PINGATE_SECRET_PREVIOUS"),
    /** The program behind the gate. */
    UPSTREAM("PINGATE_UPSTREAM", "http://127.0.0.1:3050", "the program behind the gate: http, https or unix:/path"),
    /** Listen address. */
    HOST("PINGATE_HOST", "127.0.0.1", "listen address (the container image sets 0.0.0.0)"),
    /** Listen port. */
    PORT("PINGATE_PORT", "3060", "listen port; 0 takes any free one and prints it"),
    /** The certificate by which the gate speaks TLS. */
    TLS_CERT_FILE(
            "PINGATE_TLS_CERT_FILE",
            "standalone only: a PEM file with the gate's certificate and those of its CA behind it; with it, the gate speaks"
                    + " https itself, HTTP/1.1 and HTTP/2"),
    /** The certificate's key. */
    TLS_KEY_FILE("PINGATE_TLS_KEY_FILE", "standalone only: a PEM file with the certificate's private key, unencrypted"),
    /** The gate cookie's name. */
    COOKIE_NAME("PINGATE_COOKIE_NAME", "pingate", "the cookie's name, so that several gates on one host coexist"),
    /** Whose hosts share the cookie. */
    COOKIE_DOMAIN(
            "PINGATE_COOKIE_DOMAIN",
            "a domain whose hosts share one sign-in, as in example.org; everything that runs on one of them sees the cookie"),
    /** Which field of a proxy that asks tells the target. */
    AUTH_URI_HEADER(
            "PINGATE_AUTH_URI_HEADER",
            "which header a proxy that asks /pin/auth always sets: X-Forwarded-Uri (Caddy, Traefik), X-Original-URI or"
                    + " X-Original-URL (nginx); without it, what is public or a token's depends on no address there"),
    /** Lifetime of a sign-in, in days. */
    SESSION_DAYS("PINGATE_SESSION_DAYS", "30", "days that a sign-in lasts"),
    /** Whether use of the gate prolongs a sign-in. */
    SESSION_RENEW("PINGATE_SESSION_RENEW", "false", "true: each use prolongs the sign-in"),
    /** Whose streams end with their session. */
    END_STREAMS(
            "PINGATE_END_STREAMS",
            "guests",
            "whose open streams and WebSockets are closed when the session that they began in is over: guests (of a"
                    + " guest's link), all (programs' tokens too) or none"),
    /** Where the gate's own pages live. */
    GATE_PATH("PINGATE_GATE_PATH", "/pin", "where the gate's own pages live, when the upstream owns /pin"),
    /** Where people reach the gate. */
    PUBLIC_URL(
            "PINGATE_PUBLIC_URL",
            Kind.PLAIN,
            null,
            "http(s), HOST and PORT",
            "where people reach the gate, for links that sign in: https://notes.example.org, and the path of a webapp"),
    /** Whether a terminal shows a code to sign in by. */
    QR("PINGATE_QR", "true", "standalone only: false: a start on a terminal shows no QR code that signs in"),
    /** Paths open to everybody. */
    PUBLIC_PATHS(
            "PINGATE_PUBLIC_PATHS",
            "exact paths or prefix/*, comma-separated, let through without a PIN (health checks, webhooks)"),
    /** Whether CORS preflights pass without a cookie. */
    PREFLIGHT(
            "PINGATE_PREFLIGHT",
            "false",
            "true: a CORS preflight reaches the upstream without a PIN, never with an identity, so that pages of other"
                    + " origins of the same site can use an API behind the gate"),
    /** Whether shared caches may keep what signed-in clients get. */
    SHARED_CACHE(
            "PINGATE_SHARED_CACHE",
            "false",
            "true: caches before the gate may keep what the upstream lets them, for strangers too"),
    /** Whose X-Forwarded-* is believed. */
    TRUSTED_PROXIES(
            "PINGATE_TRUSTED_PROXIES",
            Kind.PLAIN,
            null,
            "loopback and private ranges",
            "whose X-Forwarded-* is believed: none, or CIDRs, comma-separated"),
    /** Identity for the upstream. */
    TRUSTED_EMAIL("PINGATE_TRUSTED_EMAIL", "sent to the upstream as X-Trusted-User-Email"),
    /** Identity for the upstream. */
    TRUSTED_NAME("PINGATE_TRUSTED_NAME", "sent to the upstream as X-Trusted-User-Name"),
    /** Further headers for the upstream. */
    EXTRA_HEADERS("PINGATE_EXTRA_HEADERS", "{}", "JSON object of further headers for the upstream"),
    /** A style sheet put into pages. */
    THEME_CSS_PATH("PINGATE_THEME_CSS_PATH", "a CSS file put into HTML pages"),
    /** Whether pages notice that their session has ended. */
    SELF_HEAL(
            "PINGATE_SELF_HEAL",
            "false",
            "true: a script is put into HTML pages that notices when the session has ended and shows a bar in the page to"
                    + " sign in again, so that nothing typed is lost"),
    /** The name of the program behind the gate. */
    TITLE(
            "PINGATE_TITLE",
            Kind.PLAIN,
            null,
            "the preset's, else the host",
            "what the gate's own pages call the program behind it; at most 60 characters"),
    /** Words on the gate's pages. */
    WELCOME("PINGATE_WELCOME", "a line above the PIN, in place of \"This page is private.\"; at most 200 characters"),
    /** A picture on the gate's pages. */
    LOGO("PINGATE_LOGO", "a picture above the PIN: a PNG, JPEG, WebP, GIF or SVG file of at most 4 KiB"),
    /** Whose pages may have the gate's own in a frame. */
    FRAME_ANCESTORS(
            "PINGATE_FRAME_ANCESTORS",
            "origins, comma-separated, whose pages may have the gate's own in a frame and sign in there, over https; the"
                    + " program behind the gate must allow it too"),
    /** How long the response head may take. */
    UPSTREAM_TIMEOUT(
            "PINGATE_UPSTREAM_TIMEOUT",
            "5m",
            "wait for the response head, then 504; a stream that has begun has no total limit"),
    /** How long a connection may take. */
    CONNECT_TIMEOUT("PINGATE_CONNECT_TIMEOUT", "5s", "wait for a connection to the upstream, then 502"),
    /** By which name the upstream is asked. */
    UPSTREAM_HOST(
            "PINGATE_UPSTREAM_HOST",
            "client",
            "the Host that the upstream sees: client (the one that the browser used), upstream (its own address, for"
                    + " programs that refuse others), or a host[:port]"),
    /** Whom an https upstream's certificate is signed by. */
    UPSTREAM_CA_FILE(
            "PINGATE_UPSTREAM_CA_FILE",
            "a PEM file with the certificates that an https upstream is known by, of its CA or its own; in place of those"
                    + " that Java knows"),
    /** The name in an https upstream's certificate. */
    UPSTREAM_TLS_NAME(
            "PINGATE_UPSTREAM_TLS_NAME",
            Kind.PLAIN,
            null,
            "the upstream's host",
            "the name that an https upstream's certificate must have"),
    /** Whether an https upstream's certificate counts. */
    UPSTREAM_INSECURE(
            "PINGATE_UPSTREAM_INSECURE", "false", "true: an https upstream's certificate is not checked at all"),
    /** A preset for a known program. */
    APP(
            "PINGATE_APP",
            "a preset for the program behind the gate: open-webui, grafana, jupyter, code-server, comfyui, n8n, "
                    + "node-red, streamlit, home-assistant, syncthing, transmission, vite, mlflow or litellm"),
    /** The LLM server's key. */
    LITELLM_MASTER_KEY("LITELLM_MASTER_KEY", Kind.SECRET, null, "none", "the LLM server's key; turns the LLM route on"),
    /** A file that holds the LLM server's key. */
    LITELLM_MASTER_KEY_FILE("LITELLM_MASTER_KEY_FILE", "a file that holds the LLM server's key"),
    /** The LLM server. */
    LITELLM_INTERNAL("LITELLM_INTERNAL", "http://127.0.0.1:8008", "the LLM server"),
    /** Where the LLM route is mounted. */
    LITELLM_PROXY_PATH("LITELLM_PROXY_PATH", "/api/llm", "where the LLM route is mounted"),
    /** Origins that may use the LLM route. */
    LITELLM_ALLOWED_ORIGIN(
            "LITELLM_ALLOWED_ORIGIN",
            "the one Origin allowed (comma-separated for several) besides the gate's own; of the gate's own site, since"
                    + " browsers send the cookie for no other"),
    /** Paths that the LLM route passes. */
    LITELLM_ALLOWED_PATHS(
            "LITELLM_ALLOWED_PATHS",
            Kind.PLAIN,
            null,
            "inference only",
            "what the LLM route passes, comma-separated; * passes all, the server's administration too"),
    /** Where the gate keeps its key. */
    STATE_DIR(
            "PINGATE_STATE_DIR",
            Kind.PLAIN,
            null,
            "~/.local/state/pingate",
            "where a random key is kept, and that everybody was signed out; unset: STATE_DIRECTORY, else "
                    + "XDG_STATE_HOME/pingate"),
    /** What gates on several machines share. */
    REDIS(
            "PINGATE_REDIS",
            Kind.SECRET,
            null,
            "none",
            "a Redis or Valkey by which gates on several machines share wrong tries, sign-outs, used links and revoked"
                    + " tokens: redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE], rediss:// with TLS; needs"
                    + " pingate-redis.jar"),
    /** A file that holds where it is. */
    REDIS_FILE("PINGATE_REDIS_FILE", "a file that holds that address, which may have a password in it"),
    /** A properties file with further settings. */
    CONFIG("PINGATE_CONFIG", "a properties file with further settings, under their property names"),
    /** Where the audit log goes. */
    AUDIT_LOG(
            "PINGATE_AUDIT_LOG",
            Kind.PLAIN,
            null,
            "stderr; a webapp's: log",
            "where sign-ins, wrong PINs, refusals and sign-outs are told, a line each: stderr, log (the logger"
                    + " io.pingate.audit), off, or a file's path"),
    /** How the audit log is written. */
    AUDIT_FORMAT("PINGATE_AUDIT_FORMAT", "logfmt", "how the audit log is written: logfmt or json"),
    /** Where the access log goes. */
    ACCESS_LOG(
            "PINGATE_ACCESS_LOG",
            "off",
            "standalone only: where each request is told, a line each: off, stderr, log (the logger io.pingate.access), or"
                    + " a file's path"),
    /** How the access log is written. */
    ACCESS_FORMAT(
            "PINGATE_ACCESS_FORMAT", "combined", "standalone only: how the access log is written: combined or json"),
    /** Where the figures are to be had. */
    METRICS_PORT(
            "PINGATE_METRICS_PORT",
            "standalone only: a port of its own where Prometheus finds the gate's figures, at /metrics; 0 takes any free one"
                    + " and prints it"),
    /** At which address the figures are to be had. */
    METRICS_HOST(
            "PINGATE_METRICS_HOST",
            "127.0.0.1",
            "standalone only: the listen address of that port; the figures hold no secret, but whoever reaches it reads them without a PIN"),
    /** How much is logged. */
    LOG_LEVEL("PINGATE_LOG_LEVEL", "info", "standalone only: error, warn, info, debug or trace");

    private enum Kind {
        PLAIN,
        SECRET
    }

    private static final String PREFIX = "PINGATE_";

    private final String environmentName;
    private final Kind kind;
    private final @Nullable String defaultValue;
    private final String defaultText;
    private final String meaning;

    Setting(String environmentName, String meaning) {
        this(environmentName, Kind.PLAIN, null, "none", meaning);
    }

    Setting(String environmentName, String defaultValue, String meaning) {
        this(environmentName, Kind.PLAIN, defaultValue, defaultValue, meaning);
    }

    Setting(String environmentName, Kind kind, @Nullable String defaultValue, String defaultText, String meaning) {
        this.environmentName = environmentName;
        this.kind = kind;
        this.defaultValue = defaultValue;
        this.defaultText = defaultText;
        this.meaning = meaning;
    }

    /** {@return the environment variable, by which the setting is known: {@code PINGATE_UPSTREAM_TIMEOUT}} */
    public String environmentName() {
        return environmentName;
    }

    /** {@return the name as a system property, in a file and as a context parameter: {@code pingate.upstream.timeout}} */
    public String propertyName() {
        return environmentName.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** {@return the name as an init-parameter of the filter: {@code upstreamTimeout}} */
    public String initParameter() {
        StringBuilder name = new StringBuilder();
        for (String word : shortName().toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    /**
     * The name as a command-line flag. A {@linkplain #secret() secret} has none: a process list shows flags.
     *
     * @return for example {@code --upstream-timeout}
     */
    public String flag() {
        return "--" + shortName().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return whether the value must never be shown: that of a PIN or a key} */
    public boolean secret() {
        return kind == Kind.SECRET;
    }

    /** {@return what holds when nothing is set, as it would be written; null where to write nothing means more} */
    public @Nullable String defaultValue() {
        return defaultValue;
    }

    /** {@return the default as told to people} */
    public String defaultText() {
        return defaultText;
    }

    /** {@return what the setting does: a phrase without a full stop} */
    public String meaning() {
        return meaning;
    }

    private String shortName() {
        return environmentName.startsWith(PREFIX) ? environmentName.substring(PREFIX.length()) : environmentName;
    }
}
