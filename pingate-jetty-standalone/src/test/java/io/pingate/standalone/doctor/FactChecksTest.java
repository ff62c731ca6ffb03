package io.pingate.standalone.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.pingate.servlet.config.UpstreamTls;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of what the gate tells. */
class FactChecksTest {
    private static Place place(String address) {
        return Place.of(address, UpstreamTls.standard().sslContext());
    }

    private static Finding only(Check check) throws IOException {
        assertEquals(1, check.look().size());
        return check.look().get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "https://gate.test, https, https, OK",
        "https://gate.test, http, '', FAIL",
        "https://gate.test, http, https, FAIL",
        "http://127.0.0.1:3060, http, '', OK",
        "http://192.0.2.1, http, '', WARN",
        "http://192.0.2.1, https, https, FAIL"
    })
    void scheme_is_compared_with_the_address(String address, String seen, String said, Level level) throws IOException {
        Map<String, String> facts = Map.of("scheme", seen, "forwardedProto", said, "peer", "10.9.8.7");
        Finding finding = only(new SchemeCheck(place(address), facts));
        assertEquals(level, finding.level(), finding::what);
        assertEquals(
                address.startsWith("https") && level == Level.FAIL && said.equals("https"),
                finding.remedy().equals("add 10.9.8.7 to PINGATE_TRUSTED_PROXIES"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:3060, 0, false, OK",
        "http://127.0.0.1:80, 0, false, WARN",
        "https://127.0.0.1:3060, 0, false, WARN",
        "https://gate.test, 1, true, OK",
        "https://gate.test, 2, false, FAIL"
    })
    void client_is_known_by_a_front_that_is_trusted(String address, String entries, String counts, Level level)
            throws IOException {
        Map<String, String> facts = Map.of(
                "client", "203.0.113.5", "peer", "10.9.8.7", "forwardedFor", entries, "forwardedForCounts", counts);
        assertEquals(
                level, only(new ClientCheck(place(address), 3060, false, facts)).level());
    }

    @ParameterizedTest
    @CsvSource({
        "gate.test, true, OK",
        "GATE.test, true, OK",
        "gate.test:8443, true, WARN",
        "127.0.0.1:3060, false, FAIL"
    })
    void host_is_compared_with_the_address(String seen, String ownPage, Level level) throws IOException {
        Map<String, String> facts = Map.of("host", seen, "ownPage", ownPage);
        assertEquals(
                level, only(new HostCheck(place("https://gate.test"), facts)).level());
    }

    @Test
    void idle_time_is_looked_at_when_told_to() throws IOException {
        assertEquals(
                Level.SKIPPED,
                only(new IdleCheck(new Probe(place("https://gate.test"), "/pin/doctor", "x"), 0))
                        .level());
    }

    @Test
    void pass_is_never_shown() {
        assertFalse(new Probe(place("https://gate.test"), "/pin/doctor", "secret")
                .toString()
                .contains("secret"));
    }
}
