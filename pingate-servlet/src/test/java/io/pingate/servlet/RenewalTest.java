package io.pingate.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.settings.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Settings are taken up while the gate runs, whole or not at all. */
@Execution(ExecutionMode.SAME_THREAD)
class RenewalTest {
    private static final Logger LOGGER = Logger.getLogger(PinGateSettings.class.getName());

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread own = Thread.currentThread();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (Thread.currentThread() == own) {
                lines.add(new SimpleFormatter().formatMessage(entry));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
        environment.put("PINGATE_STATE_DIR", folder.resolve("state").toString());
    }

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(handler);
    }

    @Test
    void pin_is_taken_up_within_a_second_when_its_file_changes() throws Exception {
        write("pin", "4711");
        environment.put("PINGATE_PIN_FILE", path("pin"));
        PinGateSettings settings = load();
        look(settings);
        write("pin", "1147");
        pass(900);
        settings.heed();
        assertTrue(opens(settings, "4711"));
        pass(100);
        settings.heed();
        assertTrue(opens(settings, "1147"));
        assertFalse(opens(settings, "4711"));
        assertTrue(lines.contains("PINGATE_PIN_FILE has changed, and was read again"), lines::toString);
        assertShowsNoPin();
    }

    @Test
    void terms_stay_the_very_same_when_no_file_has_changed() throws Exception {
        write("pin", "4711");
        environment.put("PINGATE_PIN_FILE", path("pin"));
        PinGateSettings settings = load();
        GateTerms first = settings.now();
        for (int i = 0; i < 3; i++) {
            look(settings);
        }
        Files.setLastModifiedTime(folder.resolve("pin"), java.nio.file.attribute.FileTime.fromMillis(1_000));
        look(settings);
        assertSame(first, settings.now());
        assertEquals(List.of(), lines);
    }

    @Test
    void old_pin_stays_with_one_line_while_the_new_one_cannot_be_used() throws Exception {
        write("pin", "4711");
        environment.put("PINGATE_PIN_FILE", path("pin"));
        PinGateSettings settings = load();
        write("pin", "");
        look(settings);
        look(settings);
        Files.delete(folder.resolve("pin"));
        look(settings);
        look(settings);
        assertTrue(opens(settings, "4711"));
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith("PINGATE_PIN_FILE: "), lines::toString);
        assertTrue(lines.get(0).endsWith("is empty; write the secret into it; the old value stays"), lines::toString);
        write("pin", "1147");
        look(settings);
        assertTrue(opens(settings, "1147"));
        assertTrue(lines.contains("PINGATE_PIN_FILE can be used again, and was read"), lines::toString);
        assertShowsNoPin();
    }

    @Test
    void upstream_is_known_as_before_with_one_line_while_its_file_holds_no_certificate() throws Exception {
        Files.copy(certificates(), folder.resolve("ca"));
        environment.put("PINGATE_PIN", "4711");
        environment.put("PINGATE_UPSTREAM", "https://localhost:1");
        environment.put("PINGATE_UPSTREAM_CA_FILE", path("ca"));
        PinGateSettings settings = load();
        assertEquals(1, settings.upstreamTls().authorities().size());
        write("ca", "no certificate");
        look(settings);
        look(settings);
        assertEquals(1, settings.upstreamTls().authorities().size());
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith("PINGATE_UPSTREAM_CA_FILE: "), lines::toString);
        assertTrue(lines.get(0).endsWith("; the old value stays"), lines::toString);

        String one = Files.readString(certificates());
        write("ca", one + one);
        look(settings);
        assertEquals(2, settings.upstreamTls().authorities().size());
    }

    @Test
    void listener_keeps_its_certificate_while_only_one_of_two_files_is_new() throws Exception {
        give("ec");
        environment.put("PINGATE_PIN", "4711");
        environment.put("PINGATE_TLS_CERT_FILE", path("cert"));
        environment.put("PINGATE_TLS_KEY_FILE", path("key"));
        PinGateSettings settings = load();
        look(settings);
        Files.copy(tls("rsa.pem"), folder.resolve("cert"), StandardCopyOption.REPLACE_EXISTING);
        look(settings);
        assertEquals("EC", shown(settings));
        give("rsa");
        look(settings);
        assertEquals("RSA", shown(settings));
        assertEquals(
                List.of(
                        "PINGATE_TLS_CERT_FILE has changed, and was read again",
                        "PINGATE_TLS_KEY_FILE has changed, and was read again"),
                lines);

        lines.clear();
        write("key", "no key");
        for (int i = 0; i < 4; i++) {
            look(settings);
        }
        assertEquals("RSA", shown(settings));
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith("PINGATE_TLS_KEY_FILE: "), lines::toString);
        assertTrue(lines.get(0).endsWith("; the old value stays"), lines::toString);
    }

    @Test
    void tls_neither_begins_nor_ends_while_the_gate_runs() throws Exception {
        give("ec");
        String files = "pingate.tls.cert.file=" + path("cert") + "\npingate.tls.key.file=" + path("key") + "\n";
        environment.put("PINGATE_PIN", "4711");
        environment.put("PINGATE_CONFIG", path("config"));
        write("config", files);
        PinGateSettings with = load();
        write("config", "");
        with.reload();
        assertTrue(with.listenerTls().isPresent());
        PinGateSettings without = load();
        write("config", files);
        without.reload();
        assertTrue(without.listenerTls().isEmpty());
        assertTrue(
                lines.contains("PINGATE_TLS_CERT_FILE: TLS begins with the next start; the old value stays"),
                lines::toString);
    }

    /** What listens is the container's, and so is its TLS. */
    @Test
    void container_is_not_asked_for_a_certificate() {
        environment.put("PINGATE_PIN", "4711");
        environment.put("PINGATE_TLS_CERT_FILE", path("nothing"));
        PinGateSettings settings = PinGateSettings.loadInContainer(SettingsSource.environment(environment::get));
        assertTrue(settings.listenerTls().isEmpty());
    }

    private void give(String name) throws IOException {
        Files.copy(tls(name + ".pem"), folder.resolve("cert"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(tls(name + ".key"), folder.resolve("key"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String shown(PinGateSettings settings) {
        return settings.listenerTls().orElseThrow().key().getAlgorithm();
    }

    private static Path tls(String name) {
        return Path.of("src/test/resources/io/pingate/servlet/config/tls", name);
    }

    private static Path certificates() {
        return Path.of("..", "pingate-jetty-standalone", "src/test/resources/io/pingate/standalone/tls/ca.pem");
    }

    @Test
    void file_is_taken_up_when_a_link_to_its_folder_is_replaced() throws Exception {
        Files.createDirectories(folder.resolve("..1"));
        Files.createDirectories(folder.resolve("..2"));
        write("..1/pin", "4711");
        write("..2/pin", "1147");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(folder.resolve("pin"), Path.of("..data/pin"));
        environment.put("PINGATE_PIN_FILE", path("pin"));
        PinGateSettings settings = load();
        look(settings);
        Files.createSymbolicLink(folder.resolve("..fresh"), Path.of("..2"));
        Files.move(folder.resolve("..fresh"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        look(settings);
        assertTrue(opens(settings, "1147"));
    }

    @Test
    void sessions_end_when_the_pin_changes_that_the_key_is_bound_to() throws Exception {
        write("pin", "4711");
        environment.put("PINGATE_PIN_FILE", path("pin"));
        PinGateSettings settings = load();
        GateTerms before = settings.now();
        write("pin", "1147");
        look(settings);
        assertTrue(before.era().isOver());
        assertFalse(settings.now().era().isOver());
    }

    @Test
    void sessions_stay_when_only_the_pin_or_a_theme_changes_and_the_key_is_given() throws Exception {
        write("pin", "4711");
        write("css", "a{}");
        environment.put("PINGATE_PIN_FILE", path("pin"));
        environment.put("PINGATE_THEME_CSS_PATH", path("css"));
        environment.put("PINGATE_SECRET", "a key of the test's own");
        PinGateSettings settings = load();
        GateTerms before = settings.now();
        write("pin", "1147");
        write("css", "b{}");
        look(settings);
        assertNotSame(before, settings.now());
        assertFalse(before.era().isOver());
    }

    @Test
    void sessions_stay_when_a_key_becomes_a_former_one_and_end_when_it_is_gone() throws Exception {
        PinGateSettings settings = loadWithTwoKeys();
        GateTerms first = settings.now();
        write("key", "a key of the second year");
        write("keys", "a key of the first year\na key of the year before");
        look(settings);
        GateTerms second = settings.now();
        assertNotSame(first, second);
        assertFalse(first.era().isOver());
        write("keys", "a key of the year before");
        look(settings);
        assertTrue(first.era().isOver() && second.era().isOver());
    }

    @Test
    void keys_stay_together_when_one_of_them_cannot_be_used() throws Exception {
        PinGateSettings settings = loadWithTwoKeys();
        GateTerms first = settings.now();
        write("key", "a key of the second year");
        write("keys", "short");
        look(settings);
        assertSame(first, settings.now());
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith("PINGATE_SECRET_PREVIOUS_FILE: an old key must have 16"), lines::toString);
    }

    @Test
    void config_is_read_again_where_it_can_change_and_the_rest_is_told() throws Exception {
        write("config", "pingate.pin=4711\npingate.port=1\npingate.session.days=3\npingate.title=One\n");
        environment.put("PINGATE_CONFIG", path("config"));
        PinGateSettings settings = load();
        write("config", "pingate.pin=1147\npingate.port=2\npingate.session.days=hunter2\npingate.title=Two\n");
        look(settings);
        assertTrue(opens(settings, "4711"));
        settings.reload();
        assertTrue(opens(settings, "1147"));
        assertEquals(1, settings.port());
        assertEquals(3, settings.sessionLifetime().toDays());
        assertTrue(lines.contains("settings were read again; changed: PINGATE_PIN, PINGATE_TITLE"), lines::toString);
        assertTrue(lines.contains("changed, but the old value stays until a restart: PINGATE_PORT"), lines::toString);
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.startsWith("PINGATE_SESSION_DAYS")
                                && line.endsWith("must be a whole number from 1 to 3650; the old value stays")),
                lines::toString);
        assertShowsNoPin();
    }

    @Test
    void everything_stays_when_the_config_cannot_be_read_or_has_no_pin_any_more() throws Exception {
        write("config", "pingate.pin=4711\n");
        environment.put("PINGATE_CONFIG", path("config"));
        PinGateSettings settings = load();
        for (String broken : List.of("pingate.pin=1147\npingate.prot=1\n", "\\uXX", "# nothing\n")) {
            write("config", broken);
            settings.reload();
            assertTrue(opens(settings, "4711"), broken);
        }
        Files.delete(folder.resolve("config"));
        settings.reload();
        assertTrue(opens(settings, "4711"));
        assertEquals(
                4,
                lines.stream()
                        .filter(line -> line.endsWith("the old value stays"))
                        .count(),
                lines::toString);
        assertShowsNoPin();
    }

    private PinGateSettings loadWithTwoKeys() throws Exception {
        write("key", "a key of the first year");
        write("keys", "a key of the year before");
        environment.put("PINGATE_PIN", "4711");
        environment.put("PINGATE_SECRET_FILE", path("key"));
        environment.put("PINGATE_SECRET_PREVIOUS_FILE", path("keys"));
        return load();
    }

    private PinGateSettings load() {
        return PinGateSettings.load(nanos::get, SettingsSource.environment(environment::get));
    }

    private static boolean opens(PinGateSettings settings, String pin) {
        return settings.now().pin().pin().matches(pin);
    }

    private void look(PinGateSettings settings) {
        pass(1_000);
        settings.heed();
    }

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void assertShowsNoPin() {
        String all = lines.toString();
        assertFalse(all.contains("4711") || all.contains("1147") || all.contains("hunter2"), all);
    }
}
