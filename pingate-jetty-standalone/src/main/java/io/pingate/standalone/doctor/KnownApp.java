package io.pingate.standalone.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that can be told by its first page.
 *
 * @param title what people call it
 * @param preset its value of PINGATE_APP; empty when it needs none
 * @param mark what stands in its page's title, or else in a field or the page where no other program would write it
 */
record KnownApp(String title, String preset, String mark) {
    private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>\\s*([^<]*)");

    private static final List<KnownApp> ALL = List.of(
            new KnownApp("Open WebUI", "open-webui", "open webui"),
            new KnownApp("Grafana", "grafana", "grafana"),
            new KnownApp("Jupyter", "jupyter", "jupyter"),
            new KnownApp("code-server", "code-server", "code-server"),
            new KnownApp("ComfyUI", "comfyui", "comfyui"),
            new KnownApp("n8n", "n8n", "n8n"),
            new KnownApp("Node-RED", "node-red", "node-red"),
            new KnownApp("Streamlit", "streamlit", "streamlit"),
            new KnownApp("Home Assistant", "home-assistant", "home assistant"),
            new KnownApp("LiteLLM", "litellm", "litellm"),
            new KnownApp("Syncthing", "syncthing", "syncthing"),
            new KnownApp("Transmission", "transmission", "transmission"),
            new KnownApp("MLflow", "mlflow", "mlflow"),
            new KnownApp("Prometheus", "", "prometheus"),
            new KnownApp("Gradio", "", "gradio"));

    /** {@return the program that a page is of; empty when it is of none that is known} */
    static Optional<KnownApp> of(Response page) {
        String text = page.text();
        Matcher matcher = TITLE.matcher(text);
        String title = matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
        return ALL.stream().filter(app -> title.contains(app.mark)).findFirst().or(() -> byPage(page, text));
    }

    /** Their titles are their users' own, or missing. */
    private static Optional<KnownApp> byPage(Response page, String text) {
        if (text.contains("window.gradio_config")) {
            return named("Gradio");
        }
        if (text.contains("jupyter-config-data")) {
            return named("Jupyter");
        }
        if (text.contains("vscode-workbench-web-configuration")) {
            return named("code-server");
        }
        if (text.contains("/@vite/client")) {
            return Optional.of(new KnownApp("Vite", "vite", ""));
        }
        if (!page.field("X-Transmission-Session-Id").isEmpty()) {
            return named("Transmission");
        }
        return page.field("X-Syncthing-Id").isEmpty() ? Optional.empty() : named("Syncthing");
    }

    private static Optional<KnownApp> named(String title) {
        return ALL.stream().filter(app -> app.title.equals(title)).findFirst();
    }
}
