package io.pingate.http.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorityTest {
    @ParameterizedTest
    @CsvSource({
        "gate.test,      gate.test,      http,  true",
        "Gate.TEST,      gate.test,      http,  true",
        "gate.test:80,   gate.test,      http,  true",
        "gate.test,      gate.test:443,  https, true",
        "gate.test:443,  gate.test,      http,  false",
        "gate.test:8080, gate.test:8080, http,  true",
        "gate.test:8080, gate.test,      http,  false",
        "gate.test,      other.test,     http,  false",
        "[::1]:80,       [::1],          http,  true",
        "'',             gate.test,      http,  false",
        "gate.test,      '',             http,  false",
        "'',             '',             http,  false",
        "a b,            a b,            http,  false",
    })
    void authorities_are_the_same_when_they_lead_to_the_same_place(
            String one, String other, String scheme, boolean same) {
        assertEquals(same, Authority.isSame(one, other, scheme));
    }
}
