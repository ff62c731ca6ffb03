package io.pingate.blackbox;

import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** One upstream with one gate before it. */
record Stage(RawUpstream upstream, GateProcess gate, String cookieName) implements AutoCloseable {
    static final String PIN = "246813";
    static final String SECRET = "a-secret-of-the-black-box-suite";
    static final String EMAIL = "ada@owner.test";

    static final String LLM_KEY = "sk-key-of-the-black-box-suite";
    static final String THEME_FILE = "theme.css";
    static final String CSS = "body { color: teal }";

    /** Short, so that a test can wait for it; and long enough for a machine that stands still for a moment. */
    static final Duration UPSTREAM_TIMEOUT = Duration.ofSeconds(6);

    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** How a gate is launched in a folder with those settings. */
    interface Recipe {
        GateProcess launch(Path home, Map<String, String> settings) throws Exception;
    }

    /** A gate that uses most settings. */
    static Stage open(String name, Recipe recipe) throws Exception {
        return open(
                name,
                recipe,
                Map.of(
                        "PINGATE_TRUSTED_EMAIL",
                        EMAIL,
                        "PINGATE_TRUSTED_NAME",
                        "Ada L.",
                        "PINGATE_EXTRA_HEADERS",
                        "{\"X-WebAuth-User\":\"ada\",\"X-Team\":\"Z\\u00fcrich\"}",
                        "PINGATE_PUBLIC_PATHS",
                        "/hook/*,/healthz",
                        "PINGATE_UPSTREAM_TIMEOUT",
                        UPSTREAM_TIMEOUT.toSeconds() + "s",
                        "PINGATE_CONNECT_TIMEOUT",
                        CONNECT_TIMEOUT.toSeconds() + "s"));
    }

    /** A gate with nothing but what it must have, and nobody before it that it trusts. */
    static Stage openPlain(String name, Recipe recipe) throws Exception {
        return open(name, recipe, Map.of("PINGATE_TRUSTED_PROXIES", "none", "PINGATE_COOKIE_NAME", "other"));
    }

    /** A gate with all that a program may be given besides: an LLM server beside it, a theme, a preset. */
    static Stage openFurnished(String name, Recipe recipe) throws Exception {
        Recipe furnished = (home, settings) -> {
            Path css = Files.writeString(home.resolve(THEME_FILE), CSS);
            settings.put("PINGATE_THEME_CSS_PATH", css.toString());
            settings.put("PINGATE_AUTH_URI_HEADER", "X-Original-URI");
            settings.put("LITELLM_INTERNAL", settings.get("PINGATE_UPSTREAM"));
            return recipe.launch(home, settings);
        };
        return open(
                name,
                furnished,
                Map.of(
                        "PINGATE_PREFLIGHT", "true",
                        "LITELLM_MASTER_KEY", LLM_KEY,
                        "LITELLM_ALLOWED_ORIGIN", "https://chat.test,https://pages.test:8443",
                        "PINGATE_PUBLIC_PATHS", "/hook/*,/api/llm/*",
                        "PINGATE_SESSION_RENEW", "true",
                        "PINGATE_APP", "grafana",
                        "PINGATE_TRUSTED_EMAIL", EMAIL,
                        "PINGATE_TRUSTED_NAME", "Zo\u00eb \u0141.",
                        "PINGATE_EXTRA_HEADERS", "{\"X-Team\":\"Z\\u00fcrich\"}",
                        "PINGATE_LOG_LEVEL", "trace"));
    }

    /** A gate whose key is that of its state folder. */
    static Stage openWithKeptKey(String name, Recipe recipe) throws Exception {
        return open(name, (home, settings) -> {
            settings.remove("PINGATE_SECRET");
            return recipe.launch(home, settings);
        });
    }

    static Stage open(String name, Recipe recipe, Map<String, String> more) throws Exception {
        RawUpstream upstream = RawUpstream.start();
        Map<String, String> settings = new HashMap<>(more);
        settings.put("PINGATE_UPSTREAM", "http://127.0.0.1:" + upstream.port());
        settings.put("PINGATE_PIN", PIN);
        settings.put("PINGATE_SECRET", SECRET);
        try {
            Path home = Files.createTempDirectory(
                    Files.createDirectories(Path.of(System.getProperty("blackbox.folder"))), name + "-");
            String cookieName = more.getOrDefault("PINGATE_COOKIE_NAME", "pingate");
            return new Stage(upstream, recipe.launch(home, settings).start(), cookieName);
        } catch (Exception | AssertionError e) {
            upstream.close();
            throw e;
        }
    }

    /** A cookie that opens the gate, as the original would have made it. */
    String cookie() {
        return cookieName + "=" + Cookies.lasting(Duration.ofDays(1));
    }

    RawClient client() throws IOException {
        return gate.client();
    }

    @Override
    public void close() throws IOException {
        gate.close();
        upstream.close();
    }
}
