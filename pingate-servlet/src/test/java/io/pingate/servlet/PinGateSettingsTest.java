package io.pingate.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.Decision;
import io.pingate.GateRequest;
import io.pingate.PinGate;
import io.pingate.http.HeaderFields;
import io.pingate.servlet.settings.SettingsException;
import io.pingate.servlet.settings.SettingsSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinGateSettingsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>(Map.of("PINGATE_SECRET", "a key of the test's own"));

    @Test
    void defaults_are_those_of_the_contract_when_nothing_is_set() {
        PinGateSettings settings = load();
        assertEquals("127.0.0.1", settings.host());
        assertEquals(3060, settings.port());
        assertEquals(Duration.ofMinutes(5), settings.upstreamTimeout());
        assertEquals(Duration.ofSeconds(5), settings.connectTimeout());
        assertEquals(1, settings.routes().routes().size());
        assertEquals("sample", settings.pinOrigin());
        assertEquals(1, settings.warnings().size(), settings.warnings()::toString);
        assertTrue(settings.warnings().get(0).contains("NO PIN IS SET"), settings.warnings()::toString);
    }

    @Test
    void earlier_source_wins_when_several_have_a_setting() throws Exception {
        Path file = file("pingate.port=1\npingate.host=::1\npingate.cookie.name=file\npingate.connect.timeout=9s\n");
        environment.putAll(Map.of(
                "PINGATE_PORT",
                "2",
                "PINGATE_HOST",
                "127.0.0.2",
                "PINGATE_COOKIE_NAME",
                "environment",
                "PINGATE_CONFIG",
                file.toString()));
        PinGateSettings settings = PinGateSettings.load(
                SettingsSource.flags(Map.of("--port", "4")::get),
                SettingsSource.systemProperties(Map.of("pingate.port", "3", "pingate.host", "127.0.0.3")::get),
                SettingsSource.environment(environment::get));
        assertEquals(4, settings.port());
        assertEquals("127.0.0.3", settings.host());
        assertEquals("environment", gate(settings).cookie().name());
        assertEquals(Duration.ofSeconds(9), settings.connectTimeout());
    }

    @Test
    void faults_are_told_all_at_once() throws Exception {
        environment.putAll(Map.of(
                "PINGATE_PORT", "70000",
                "PINGATE_UPSTREAM", "ftp://127.0.0.1",
                "PINGATE_UPSTREAM_TIMEOUT", "5 minutes",
                "PINGATE_TRUSTED_PROXIES", "everybody",
                "PINGATE_EXTRA_HEADERS", "{\"X-A\": 1}",
                "PINGATE_SESSION_RENEW", "perhaps",
                "PINGATE_THEME_CSS_PATH", folder.resolve("none.css").toString(),
                "PINGATE_PIN", "4711",
                "PINGATE_PIN_FILE", file("4711").toString()));
        List<String> faults = faults();
        assertEquals(
                List.of(
                        "PINGATE_PIN",
                        "PINGATE_UPSTREAM",
                        "PINGATE_PORT",
                        "PINGATE_SESSION_RENEW",
                        "PINGATE_TRUSTED_PROXIES",
                        "PINGATE_EXTRA_HEADERS",
                        "PINGATE_THEME_CSS_PATH",
                        "PINGATE_UPSTREAM_TIMEOUT"),
                faults.stream()
                        .map(fault -> fault.substring(0, fault.indexOf(':')))
                        .toList());
        assertTrue(
                faults.stream().noneMatch(fault -> fault.contains("4711") || fault.contains("\n")), faults::toString);
    }

    @Test
    void fault_names_the_spelling_that_was_used() {
        SettingsException fault = assertThrows(
                SettingsException.class,
                () -> PinGateSettings.load(
                        SettingsSource.flags(Map.of("--port", "x")::get),
                        SettingsSource.environment(environment::get)));
        assertEquals("PINGATE_PORT (--port): must be a whole number from 0 to 65535", fault.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PINGATE_PORT | tcp://10.0.0.1:3060 | enableServiceLinks
                    PINGATE_UPSTREAM | http://user:hunter2@h | user name
                    PINGATE_UPSTREAM | http://h:99999 | port
                    PINGATE_UPSTREAM_TIMEOUT | 0s | above zero
                    PINGATE_CONNECT_TIMEOUT | 5 | unit
                    PINGATE_SESSION_DAYS | 0 | from 1
                    PINGATE_COOKIE_NAME | a b | letters
                    PINGATE_GATE_PATH | pin | path
                    PINGATE_PUBLIC_PATHS | /* | everything
                    PINGATE_LOG_LEVEL | loud | debug
                    PINGATE_EXTRA_HEADERS | {"X-A": "hunter2", "X-A": "b"} | twice
                    PINGATE_EXTRA_HEADERS | {"X-A": "hunter2"} {} | one JSON object
                    PINGATE_EXTRA_HEADERS | ["hunter2"] | one JSON object
                    PINGATE_EXTRA_HEADERS | {"Host": "hunter2"} | Host
                    PINGATE_EXTRA_HEADERS | {"X-A": "hunter2\\u0000"} | control
                    PINGATE_TRUSTED_EMAIL | a\tb | control
                    PINGATE_PIN_HASH | hunter2 | pbkdf2
                    PINGATE_PIN_FILE | /no/such/file | read
                    PINGATE_CONFIG | /no/such/file | read
                    PINGATE_UPSTREAM_CA_FILE | /no/such/file | read
                    PINGATE_UPSTREAM_HOST | http://h | at most a port
                    PINGATE_UPSTREAM_TLS_NAME | https://h | without a scheme
                    PINGATE_UPSTREAM_TLS_NAME | nas.example | for an https upstream
                    PINGATE_UPSTREAM_INSECURE | true | for an https upstream
                    """)
    void value_is_refused_with_its_rule_when_it_cannot_be_used(String name, String value, String rule) {
        environment.put(name, value);
        List<String> faults = faults();
        assertEquals(1, faults.size(), faults::toString);
        assertTrue(faults.get(0).startsWith(name + ": "), faults::toString);
        assertTrue(faults.get(0).contains(rule), faults::toString);
        assertFalse(faults.get(0).contains("hunter2"), faults::toString);
    }

    @Test
    void file_without_a_certificate_is_refused() throws Exception {
        Path empty = file("");
        Path broken = file("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        for (Path file : List.of(empty, broken)) {
            environment.putAll(Map.of("PINGATE_UPSTREAM", "https://h", "PINGATE_UPSTREAM_CA_FILE", file.toString()));
            assertEquals(1, faults().size());
            assertTrue(faults().get(0).startsWith("PINGATE_UPSTREAM_CA_FILE: " + file + " holds no certificate"));
        }
    }

    @Test
    void upstream_without_a_check_is_warned_about_and_needs_no_name() {
        environment.putAll(
                Map.of("PINGATE_PIN", "4711", "PINGATE_UPSTREAM", "https://h", "PINGATE_UPSTREAM_INSECURE", "true"));
        PinGateSettings settings = load();
        assertFalse(settings.upstreamTls().checked());
        assertTrue(settings.warnings().get(0).contains("is not checked"), settings.warnings()::toString);
        environment.put("PINGATE_UPSTREAM_TLS_NAME", "nas.example");
        assertEquals(1, faults().size());
        assertTrue(faults().get(0).startsWith("PINGATE_UPSTREAM_TLS_NAME: counts for nothing"), faults()::toString);
    }

    @Test
    void empty_value_counts_as_none() {
        environment.put("PINGATE_PORT", "");
        assertEquals(3060, load().port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void sample_pin_is_refused_when_others_can_reach_the_gate(String host) {
        environment.put("PINGATE_HOST", host);
        assertTrue(faults().get(0).startsWith("PINGATE_PIN: no PIN is set"), faults()::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "[::1]", "localhost"})
    void sample_pin_opens_when_only_this_machine_can_reach_the_gate(String host) {
        environment.put("PINGATE_HOST", host);
        assertEquals("sample", load().pinOrigin());
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "[]", "127.0.0.1:3060", "http://127.0.0.1"})
    void host_is_refused_when_no_address_is_known_for_it(String host) {
        environment.putAll(Map.of("PINGATE_HOST", host, "PINGATE_PIN", "4711"));
        assertEquals(
                List.of("PINGATE_HOST: no address is known for this name; write an address of this machine,"
                        + " without a port"),
                faults());
    }

    @Test
    void host_needs_no_brackets_when_it_has_them() {
        environment.put("PINGATE_HOST", "[::1]");
        assertEquals("::1", load().host());
    }

    @Test
    void sample_pin_is_refused_when_a_container_listens() {
        SettingsException fault = assertThrows(
                SettingsException.class,
                () -> PinGateSettings.loadInContainer(SettingsSource.environment(environment::get)));
        assertTrue(fault.faults().get(0).startsWith("PINGATE_PIN: no PIN is set"), fault::getMessage);
    }

    @Test
    void secrets_come_from_files_when_named() throws Exception {
        environment.remove("PINGATE_SECRET");
        environment.putAll(Map.of(
                "PINGATE_PIN_FILE", file("4711\n").toString(),
                "PINGATE_SECRET_FILE", file("key of sixteen bytes\r\n").toString(),
                "LITELLM_MASTER_KEY_FILE", file("sk-1\n").toString()));
        PinGateSettings settings = load();
        assertEquals("PINGATE_PIN_FILE", settings.pinOrigin());
        assertEquals(2, settings.routes().routes().size());
        assertEquals(List.of(), settings.warnings());
    }

    @Test
    void flag_is_not_read_when_its_setting_is_a_secret() {
        PinGateSettings settings = PinGateSettings.load(
                SettingsSource.flags(Map.of("--pin", "4711")::get), SettingsSource.environment(environment::get));
        assertEquals("sample", settings.pinOrigin());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PINGATE_PIN", "PINGATE_SECRET", "PINGATE_SECRET_PREVIOUS", "PINGATE_TRUSTED_NAME"})
    void value_is_refused_when_java_could_not_read_it(String name) {
        environment.put(name, "hunter2 \uFFFD\uFFFD 0123456789");
        List<String> faults = faults();
        assertEquals(1, faults.size(), faults::toString);
        assertTrue(faults.get(0).startsWith(name + ": has letters that Java can't read; "), faults::toString);
        assertFalse(faults.get(0).contains("hunter2"), faults::toString);
    }

    @Test
    void secret_of_a_file_is_refused_when_it_is_not_utf_8() throws Exception {
        Path latin = Files.write(folder.resolve("latin"), "k\u00fc".getBytes(StandardCharsets.ISO_8859_1));
        environment.putAll(Map.of(
                "PINGATE_PIN_FILE",
                latin.toString(),
                "LITELLM_MASTER_KEY_FILE",
                file("sk-\uFFFD").toString()));
        List<String> faults = faults();
        assertEquals(2, faults.size(), faults::toString);
        assertTrue(faults.get(0).contains(latin + " is not UTF-8 text"), faults::toString);
        assertTrue(faults.get(1).contains("has letters that Java can't read"), faults::toString);
    }

    @Test
    void file_is_refused_when_it_is_not_utf_8() throws Exception {
        Path latin = Files.write(
                folder.resolve("latin"), "pingate.trusted.name=Zo\u00eb".getBytes(StandardCharsets.ISO_8859_1));
        environment.put("PINGATE_CONFIG", latin.toString());
        assertEquals(List.of("PINGATE_CONFIG: " + latin + " is not UTF-8 text; save it as UTF-8"), faults());
    }

    @Test
    void file_is_refused_when_it_has_a_name_that_is_no_setting() throws Exception {
        environment.put("PINGATE_CONFIG", file("pingate.upstraem=http://h").toString());
        assertEquals(
                List.of("PINGATE_CONFIG: no setting is called pingate.upstraem; pingate.upstream is one"), faults());
    }

    @Test
    void llm_route_is_on_when_its_key_is_set() {
        environment.putAll(Map.of("LITELLM_MASTER_KEY", "sk-hunter2", "LITELLM_PROXY_PATH", "/llm"));
        PinGateSettings settings = load();
        assertEquals(2, settings.routes().routes().size());
        assertFalse(settings.toString().contains("hunter2"));
    }

    @Test
    void origin_of_another_site_is_warned_about() {
        environment.putAll(Map.of("PINGATE_PIN", "4711", "LITELLM_ALLOWED_ORIGIN", "https://chat.example.org"));
        assertEquals(List.of(), load().warnings());
        environment.put("LITELLM_MASTER_KEY", "sk-hunter2");
        assertEquals(1, load().warnings().size());
        assertTrue(load().warnings().get(0).contains("SameSite=Lax"), load().warnings()::toString);
    }

    @Test
    void llm_route_is_refused_when_it_covers_the_gate() {
        environment.putAll(Map.of("LITELLM_MASTER_KEY", "sk-hunter2", "LITELLM_PROXY_PATH", "/pin"));
        assertTrue(faults().get(0).startsWith("LITELLM_PROXY_PATH: "), faults()::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "47, less than a day.",
        "4711, 3 days.",
        "471147, 347 days.",
        "47114711, 95 years.",
        "correct horse, centuries."
    })
    void strength_is_told_in_words(String pin, String expected) {
        environment.put("PINGATE_PIN", pin);
        String strength = load().pinStrength();
        assertTrue(strength.startsWith("All clients together get 1440 guesses at the PIN a day; "), strength);
        assertTrue(strength.endsWith(" in " + expected), strength);
    }

    @Test
    void warnings_tell_what_is_weak() {
        environment.putAll(Map.of("PINGATE_PIN", "0000", "PINGATE_SECRET", "short"));
        List<String> warnings = load().warnings();
        assertEquals(2, warnings.size(), warnings::toString);
        assertTrue(warnings.stream().noneMatch(warning -> warning.contains("short!")), warnings::toString);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "123, true", "ä€😀, true", "1234, false", "ä€😀x, false"})
    void short_pin_is_warned_about(String pin, boolean warned) throws Exception {
        environment.put("PINGATE_PIN", pin);
        assertEquals(warned, load().warnings().toString().contains("fewer than 4 characters"));
        environment.remove("PINGATE_PIN");
        environment.put("PINGATE_PIN_FILE", file(pin + "\n").toString());
        assertEquals(warned, load().warnings().toString().contains("fewer than 4 characters"));
    }

    @Test
    void unknown_name_is_warned_about_with_the_setting_that_is_near() {
        environment.putAll(Map.of("PINGATE_PIN", "4711", "PINGATE_UPSTRAEM", "http://h", "PINGATE_WOMBAT", "hunter2"));
        List<String> warnings = loadAll().warnings();
        assertEquals(
                List.of(
                        "Something is set for nothing: no setting is called PINGATE_UPSTRAEM; PINGATE_UPSTREAM is one.",
                        "Something is set for nothing: no setting is called PINGATE_WOMBAT."),
                warnings);
    }

    @Test
    void name_that_is_nearly_a_setting_is_told_beside_a_fault() {
        environment.putAll(Map.of("PINGATE_HOST", "0.0.0.0", "PINGATE_PINN", "hunter2", "PINGATE_WOMBAT", "hunter2"));
        List<String> faults =
                assertThrows(SettingsException.class, this::loadAll).faults();
        assertEquals(2, faults.size(), faults::toString);
        assertEquals("no setting is called PINGATE_PINN; PINGATE_PIN is one", faults.get(1));
    }

    @Test
    void sharing_is_refused_without_a_key_that_all_gates_have_and_without_the_jar_that_does_it() throws IOException {
        environment.putAll(Map.of("PINGATE_PIN", "4711", "PINGATE_REDIS", "redis://:hunter2@127.0.0.1"));
        environment.remove("PINGATE_SECRET");
        String fault = assertThrows(SettingsException.class, this::loadAll).getMessage();
        assertTrue(fault.startsWith("PINGATE_REDIS: gates that share need one PINGATE_SECRET"), fault);
        environment.put("PINGATE_SECRET", "0123456789abcdef");
        fault = assertThrows(SettingsException.class, this::loadAll).getMessage();
        assertTrue(fault.contains("put pingate-redis.jar beside pingate.jar"), fault);
        environment.put("PINGATE_REDIS_FILE", folder.toString());
        fault = assertThrows(SettingsException.class, this::loadAll).getMessage();
        assertTrue(fault.contains("PINGATE_REDIS and PINGATE_REDIS_FILE are given at once"), fault);
        assertFalse(fault.contains("hunter2"), fault);
    }

    @Test
    void cookie_opens_only_gates_of_its_pin_when_they_share_a_state_folder() {
        environment.remove("PINGATE_SECRET");
        environment.putAll(Map.of("PINGATE_STATE_DIR", folder.toString(), "PINGATE_PIN", "4711"));
        String cookie = cookieOf(load(), "4711");
        assertTrue(opens(load(), cookie));
        environment.put("PINGATE_PIN", "4712");
        assertFalse(opens(load(), cookie));
    }

    @Test
    void cookie_goes_on_opening_when_its_key_is_a_previous_one() {
        environment.putAll(Map.of("PINGATE_PIN", "4711", "PINGATE_SECRET", "the key of last year"));
        String cookie = cookieOf(load(), "4711");
        environment.put("PINGATE_SECRET", "the key of this year");
        assertFalse(opens(load(), cookie));
        environment.put("PINGATE_SECRET_PREVIOUS", "the key of last year");
        assertTrue(opens(load(), cookie));
    }

    /** Each piece would be a key: a short one is found by trying. */
    @Test
    void previous_key_is_taken_whole_when_it_holds_a_comma() {
        environment.putAll(Map.of("PINGATE_PIN", "4711", "PINGATE_SECRET", "p,the key of last year"));
        String cookie = cookieOf(load(), "4711");
        environment.put("PINGATE_SECRET", "p");
        String piece = cookieOf(load(), "4711");
        environment.putAll(
                Map.of("PINGATE_SECRET", "the key of this year", "PINGATE_SECRET_PREVIOUS", "p,the key of last year"));
        assertTrue(opens(load(), cookie));
        assertFalse(opens(load(), piece));
    }

    @Test
    void previous_keys_of_setting_and_file_all_verify() throws Exception {
        environment.put("PINGATE_PIN", "4711");
        List<String> cookies = new ArrayList<>();
        for (String key : List.of("a key of the first year", " second, with blanks ", "a key of the third year")) {
            environment.put("PINGATE_SECRET", key);
            cookies.add(cookieOf(load(), "4711"));
        }
        environment.putAll(Map.of(
                "PINGATE_SECRET", "the key of this year",
                "PINGATE_SECRET_PREVIOUS", "a key of the third year",
                "PINGATE_SECRET_PREVIOUS_FILE",
                        file("a key of the first year\r\n\n second, with blanks \n")
                                .toString()));
        PinGateSettings settings = load();
        assertTrue(cookies.stream().allMatch(cookie -> opens(settings, cookie)));
    }

    @Test
    void previous_key_is_refused_when_it_is_short() throws Exception {
        environment.putAll(Map.of(
                "PINGATE_SECRET_PREVIOUS",
                "fifteen bytes..",
                "PINGATE_SECRET_PREVIOUS_FILE",
                file("a key of the first year\nhunter2\n").toString()));
        List<String> faults = faults();
        assertEquals(2, faults.size(), faults::toString);
        assertTrue(
                faults.get(0).startsWith("PINGATE_SECRET_PREVIOUS: an old key must have 16 bytes"), faults::toString);
        assertTrue(faults.get(1).startsWith("PINGATE_SECRET_PREVIOUS_FILE: an old key must"), faults::toString);
        assertFalse(faults.toString().contains("hunter2"), faults::toString);
    }

    @Test
    void preflight_passes_when_it_is_set_to() {
        GateRequest preflight =
                request("OPTIONS", "/", "Origin", "https://other.test", "Access-Control-Request-Method", "PUT");
        environment.put("PINGATE_PIN", "4711");
        assertInstanceOf(Decision.Unauthorized.class, gate(load()).decide(preflight, NOW));
        environment.put("PINGATE_PREFLIGHT", "true");
        assertEquals(new Decision.Admit(false, null, null, null), gate(load()).decide(preflight, NOW));
    }

    private static PinGate gate(PinGateSettings settings) {
        return settings.now().gate("", settings.epoch().now());
    }

    private static String cookieOf(PinGateSettings settings, String pin) {
        GateRequest request = request("POST", "/pin/check", "Content-Type", "application/x-www-form-urlencoded");
        Decision decision = gate(settings).tryPin(request, "pin=" + pin, NOW);
        return assertInstanceOf(Decision.Unlock.class, decision).setCookie().split(";", 2)[0];
    }

    private static boolean opens(PinGateSettings settings, String cookie) {
        return gate(settings).decide(request("GET", "/", "Cookie", cookie), NOW) instanceof Decision.Admit;
    }

    private static GateRequest request(String method, String target, String... headers) {
        return GateRequest.builder()
                .method(method)
                .target(target)
                .headers(HeaderFields.of(headers))
                .client("127.0.0.1")
                .host("gate.test")
                .build();
    }

    private PinGateSettings load() {
        return PinGateSettings.load(SettingsSource.environment(environment::get));
    }

    /** Unlike {@link #load()}, knows what else is set. */
    private PinGateSettings loadAll() {
        return PinGateSettings.load(SettingsSource.environment(environment));
    }

    private List<String> faults() {
        return assertThrows(SettingsException.class, this::load).faults();
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "pingate", ".txt"), content);
    }
}
