package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RedactionTest {
    @Test
    void never_shows_a_cookie() {
        GateRequest request =
                Requests.of("GET", "/?token=hush", "Cookie", "pingate=hush").build();

        assertEquals("GateRequest[GET]", request.toString());
        assertEquals("Admit[signedIn=true]", new Decision.Admit(true, "pingate=hush", null, null).toString());
        assertEquals("Unlock[location=/a]", new Decision.Unlock("/a", "pingate=hush").toString());
    }
}
