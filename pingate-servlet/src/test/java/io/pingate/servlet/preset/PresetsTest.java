package io.pingate.servlet.preset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.HeaderFields;
import io.pingate.http.IpAddress;
import io.pingate.proxy.Route;
import io.pingate.proxy.forwarded.Forwarding;
import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsException;
import io.pingate.servlet.settings.SettingsSource;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresetsTest {
    private final Map<String, String> environment =
            new HashMap<>(Map.of("PINGATE_SECRET", "a key of the test's own", "PINGATE_PIN", "4711"));

    @ParameterizedTest
    @MethodSource("names")
    void preset_is_whole_when_named(String name) {
        environment.put("PINGATE_APP", name);
        PinGateSettings settings = load();
        assertFalse(settings.appLines().isEmpty());
        assertTrue(
                settings.appLines().stream().allMatch(line -> line.length() <= 72 || !line.contains(" ")),
                "would be broken on a terminal");
        assertFalse(tool(settings).upstream().toString().endsWith(":3050"), "has a port of its own");
        assertTrue(Setting.APP.meaning().contains(name), "told in the table of settings");
        assertTrue(Presets.keys().contains(name + ".pingate.title"), "has a name for its users");
    }

    @Test
    void keys_are_all_known() {
        for (String key : Presets.keys()) {
            String rest = key.substring(key.indexOf('.') + 1);
            assertTrue(
                    rest.matches("headers\\.(email|name)|percent-encoded|drop|lines")
                            || java.util.Arrays.stream(Setting.values())
                                    .anyMatch(setting -> setting.propertyName().equals(rest)),
                    key);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ComfyUI", "comfyui", "COMFYUI"})
    void preset_is_found_in_any_case(String name) {
        environment.put("PINGATE_APP", name);
        assertEquals("http://127.0.0.1:8188", tool(load()).upstream().toString());
    }

    /** A page of the gate is one of their own; a page of another site is told as such. */
    @ParameterizedTest
    @ValueSource(strings = {"syncthing", "transmission", "vite", "mlflow"})
    void program_that_guards_against_rebinding_is_asked_by_its_own_name(String name) {
        environment.put("PINGATE_APP", name);
        Map<String, String> own = sent(load(), HeaderFields.of("Host", "gate.test", "Origin", "https://gate.test"));
        assertEquals("localhost", own.get("Host"));
        assertEquals("http://localhost", own.get("Origin"));
        assertEquals("gate.test", own.get("X-Forwarded-Host"));
        assertEquals(
                "https://evil.test",
                sent(load(), HeaderFields.of("Host", "gate.test", "Origin", "https://evil.test"))
                        .get("Origin"));
    }

    @Test
    void jupyter_is_told_to_ask_for_nothing_after_the_pin() {
        environment.put("PINGATE_APP", "jupyter");
        assertTrue(load().appLines().contains("c.IdentityProvider.token = \"\""));
    }

    @Test
    void n8n_needs_no_hops_and_names_all_that_others_call() {
        environment.put("PINGATE_APP", "n8n");
        List<String> lines = load().appLines();
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("N8N_PROXY_HOPS")), lines::toString);
        assertTrue(lines.contains("PINGATE_PUBLIC_PATHS=/webhook/*,/webhook-waiting/*,/form/*,/form-waiting/*,/mcp/*"));
    }

    @Test
    void unknown_program_is_refused_with_those_that_are_known() {
        environment.put("PINGATE_APP", "wordpress");
        SettingsException fault = assertThrows(SettingsException.class, this::load);
        assertTrue(
                fault.getMessage().startsWith("PINGATE_APP: must be one of code-server, comfyui, "), fault::getMessage);
    }

    @Test
    void explicit_setting_wins_over_the_preset() {
        environment.put("PINGATE_APP", "open-webui");
        assertEquals(Duration.ofMinutes(10), load().upstreamTimeout());
        environment.put("PINGATE_UPSTREAM_TIMEOUT", "1m");
        environment.put("PINGATE_UPSTREAM", "http://10.0.0.9");
        assertEquals(Duration.ofMinutes(1), load().upstreamTimeout());
        assertEquals("http://10.0.0.9:80", tool(load()).upstream().toString());
    }

    @Test
    void grafana_is_told_who_is_signed_in_and_never_by_the_client() {
        environment.putAll(Map.of(
                "PINGATE_APP", "grafana",
                "PINGATE_TRUSTED_EMAIL", "ann@example.org",
                "PINGATE_TRUSTED_NAME", "Ann"));
        HeaderFields spoofed = HeaderFields.of("x_webauth_user", "admin", "X-WEBAUTH-ROLE", "Admin", "Accept", "*/*");
        Map<String, String> seen = sent(load(), spoofed);
        assertEquals("ann@example.org", seen.get("X-WEBAUTH-USER"));
        assertEquals("Ann", seen.get("X-WEBAUTH-NAME"));
        assertEquals("ann@example.org", seen.get("X-Trusted-User-Email"));
        assertEquals("*/*", seen.get("Accept"));
        assertFalse(seen.containsKey("X-WEBAUTH-ROLE"), seen::toString);

        environment.remove("PINGATE_TRUSTED_EMAIL");
        assertFalse(sent(load(), spoofed).containsKey("X-WEBAUTH-USER"));

        environment.put("PINGATE_TRUSTED_EMAIL", "ann@example.org");
        environment.put("PINGATE_EXTRA_HEADERS", "{\"X-Webauth-User\": \"bob\"}");
        assertEquals("bob", sent(load(), spoofed).get("X-WEBAUTH-USER"));
    }

    @Test
    void open_webui_can_read_a_name_outside_ascii() {
        environment.put("PINGATE_TRUSTED_NAME", "Zoë 100%");
        assertEquals("ZoÃ« 100%", sent(load(), HeaderFields.of()).get("X-Trusted-User-Name"), "UTF-8, byte for byte");
        environment.put("PINGATE_APP", "open-webui");
        assertEquals("Zo%C3%AB 100%", sent(load(), HeaderFields.of()).get("X-Trusted-User-Name"));
    }

    /** Whoever reaches it without the gate could name himself; it knows no variable for the address. */
    @Test
    void open_webui_is_told_to_listen_to_this_machine_alone() {
        environment.put("PINGATE_APP", "open-webui");
        assertTrue(load().appLines().contains("open-webui serve --host 127.0.0.1 --port 8080"));
    }

    @Test
    void comfyui_does_not_learn_that_a_link_was_on_another_site() {
        environment.put("PINGATE_APP", "comfyui");
        assertEquals(
                "document",
                sent(load(), HeaderFields.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Dest", "document"))
                        .get("Sec-Fetch-Dest"));
        assertFalse(
                sent(load(), HeaderFields.of("Sec-Fetch-Site", "cross-site")).containsKey("Sec-Fetch-Site"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8384, client, gate.test",
        "http://127.0.0.1:8384, upstream, 127.0.0.1:8384",
        "http://nas.test, upstream, nas.test",
        "https://nas.test:443, upstream, nas.test",
        "http://nas.test:443, upstream, nas.test:443",
        "unix:/run/x.sock, upstream, localhost",
        "http://127.0.0.1:8384, app.test:81, app.test:81"
    })
    void upstream_is_asked_by_the_name_that_is_set(String upstream, String host, String seen) {
        environment.putAll(Map.of("PINGATE_UPSTREAM", upstream, "PINGATE_UPSTREAM_HOST", host));
        assertEquals(seen, sent(load(), HeaderFields.of("Host", "gate.test")).get("Host"));
    }

    private static Collection<String> names() {
        return Presets.names();
    }

    private static Map<String, String> sent(PinGateSettings settings, HeaderFields client) {
        Map<String, String> seen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        IpAddress address = IpAddress.parse("203.0.113.1").orElseThrow();
        Forwarding forwarding = new Forwarding(address, "https", "gate.test", 443, "203.0.113.1");
        tool(settings).headers().upstreamRequest(client, forwarding, true).forEach(seen::put);
        return seen;
    }

    private static Route tool(PinGateSettings settings) {
        return settings.routes().routes().get(settings.routes().routes().size() - 1);
    }

    private PinGateSettings load() {
        return PinGateSettings.load(SettingsSource.environment(environment::get));
    }
}
