package io.pingate.servlet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.settings.SettingsException;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.settings.SettingsSource;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be made of PEM files. Those of tls/ are made by its make.sh. */
class ListenerTlsTest {
    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @ParameterizedTest
    @CsvSource({
        "rsa.pem, rsa.key, RSA",
        "rsa.pem, rsa-pkcs1.key, RSA",
        "ec.pem, ec.key, EC",
        "ec.pem, ec-sec1.key, EC",
        "ed25519.pem, ed25519.key, EdDSA"
    })
    void key_is_read_in_every_form(String certificate, String key, String algorithm) throws Exception {
        ListenerTls tls = read(file(certificate), file(key));
        assertEquals(algorithm, tls.key().getAlgorithm());
        assertEquals(1, tls.chain().size());
    }

    @Test
    void one_file_may_hold_key_and_chain() throws Exception {
        Path all = Files.writeString(
                folder.resolve("all.pem"),
                "Bag Attributes\n" + Files.readString(file("ec.key")) + Files.readString(file("ec.pem"))
                        + Files.readString(file("rsa.pem")));
        assertEquals(2, read(all, all).chain().size());
    }

    @ParameterizedTest
    @CsvSource({
        "ec.pem, rsa.key, PINGATE_TLS_KEY_FILE: holds no key that belongs to",
        "rsa.pem, ec-sec1.key, PINGATE_TLS_KEY_FILE: holds no key that belongs to",
        "ec.pem, expired.key, PINGATE_TLS_KEY_FILE: holds no key that belongs to",
        "ec.pem, ec.pem, holds no private key; name a PEM file",
        "ec.key, ec.key, holds no certificate; name a PEM file",
        "ec.pem, encrypted.key, is encrypted",
        "rsa.pem, encrypted-pkcs1.key, openssl pkey -in",
        "ec.pem, make.sh, holds no private key"
    })
    void fault_says_what_is_wrong(String certificate, String key, String told) throws Exception {
        Path keyFile = file(key);
        String faults = faults(file(certificate), keyFile);
        assertTrue(faults.contains(told), faults);
        String secret = Files.readString(keyFile);
        for (String line : secret.split("\n", -1)) {
            assertFalse(line.length() > 40 && faults.contains(line), "shows what is in the file");
        }
    }

    @Test
    void key_that_was_cut_short_is_a_fault() throws Exception {
        String whole = Files.readString(file("ec.key"));
        String half = whole.substring(0, whole.length() / 2) + "\n-----END PRIVATE KEY-----\n";
        String faults = faults(file("ec.pem"), Files.writeString(folder.resolve("half.key"), half));
        assertTrue(faults.contains("PINGATE_TLS_KEY_FILE: holds no key"), faults);
    }

    @Test
    void certificate_that_was_cut_short_is_a_fault() throws Exception {
        String whole = Files.readString(file("ec.pem"));
        String half = whole.substring(0, whole.length() / 2) + "\n-----END CERTIFICATE-----\n";
        String faults = faults(Files.writeString(folder.resolve("half.pem"), half), file("ec.key"));
        assertTrue(faults.contains("a certificate that can't be read"), faults);
    }

    @Test
    void one_file_without_the_other_is_a_fault_that_names_it() throws Exception {
        environment.put("PINGATE_TLS_CERT_FILE", file("ec.pem").toString());
        assertTrue(faults().contains("PINGATE_TLS_CERT_FILE: is nothing without PINGATE_TLS_KEY_FILE"));
        environment.clear();
        environment.put("PINGATE_TLS_KEY_FILE", file("ec.key").toString());
        assertTrue(faults().contains("PINGATE_TLS_KEY_FILE: is nothing without PINGATE_TLS_CERT_FILE"));
    }

    @Test
    void certificate_that_has_expired_is_warned_of() throws Exception {
        SettingsReader settings = reader(file("expired.pem"), file("expired.key"));
        assertTrue(ListenerTls.read(settings).isPresent());
        settings.finish();
        assertEquals(1, settings.warnings().size());
        assertTrue(settings.warnings().get(0).contains("has expired (20"));
    }

    @Test
    void key_is_not_shown() throws Exception {
        assertEquals("ListenerTls[CN=ec]", read(file("ec.pem"), file("ec.key")).toString());
    }

    private ListenerTls read(Path certificate, Path key) {
        SettingsReader settings = reader(certificate, key);
        ListenerTls tls = ListenerTls.read(settings).orElseThrow(() -> new AssertionError(settings.faults()));
        settings.finish();
        assertEquals(List.of(), settings.warnings());
        return tls;
    }

    private String faults(Path certificate, Path key) {
        environment.put("PINGATE_TLS_CERT_FILE", certificate.toString());
        environment.put("PINGATE_TLS_KEY_FILE", key.toString());
        return faults();
    }

    private String faults() {
        SettingsReader settings = new SettingsReader(List.of(SettingsSource.environment(environment::get)));
        assertTrue(ListenerTls.read(settings).isEmpty());
        return assertThrows(SettingsException.class, settings::finish).faults().toString();
    }

    private SettingsReader reader(Path certificate, Path key) {
        environment.put("PINGATE_TLS_CERT_FILE", certificate.toString());
        environment.put("PINGATE_TLS_KEY_FILE", key.toString());
        return new SettingsReader(List.of(SettingsSource.environment(environment::get)));
    }

    private Path file(String name) throws URISyntaxException {
        return Path.of(getClass().getResource("tls/" + name).toURI());
    }
}
