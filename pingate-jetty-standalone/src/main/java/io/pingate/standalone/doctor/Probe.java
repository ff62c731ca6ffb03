package io.pingate.standalone.doctor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pingate.DoctorPasses;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Asks a gate how its requests arrive.
 *
 * @param place where
 * @param target the gate's path for it
 * @param pass what opens it, and is never shown
 */
record Probe(Place place, String target, String pass) {
    private static final int TIMEOUT_MILLIS = 15_000;

    Response ask(String method, String query, String... lines) throws IOException {
        return ask(method, query, -1, TIMEOUT_MILLIS, lines);
    }

    Response ask(String method, String query, long bodyBytes, int timeoutMillis, String... lines) throws IOException {
        List<String> all = new ArrayList<>(List.of(lines));
        all.add(DoctorPasses.FIELD + ": " + pass);
        // An address of its own each time: a cache that keeps everything must not answer in the gate's place.
        String once = (query.isEmpty() ? "?" : query + "&") + "once=" + UUID.randomUUID();
        return Wire.ask(place, method, target + once, bodyBytes, timeoutMillis, all);
    }

    /** What a page is, of two that ask for it one after the other: with the pass, and as a stranger. */
    List<Response> askTwice(String query) throws IOException {
        String page = target + query;
        Response own = Wire.ask(place, "GET", page, -1, TIMEOUT_MILLIS, List.of(DoctorPasses.FIELD + ": " + pass));
        return List.of(own, Wire.ask(place, "GET", page, -1, TIMEOUT_MILLIS, List.of()));
    }

    static boolean isOurs(Response response) {
        return response.status() == 200 && "doctor".equals(facts(response).get("pingate"));
    }

    /** What the gate tells; empty when something else answers. */
    static Map<String, String> facts(Response response) {
        Map<String, String> facts = new HashMap<>();
        try (JsonParser json = new JsonFactory().createParser(response.text())) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    facts.put(name, json.getText());
                }
            }
        } catch (IOException noJson) {
            return Map.of();
        }
        return facts;
    }

    /** Leaves the pass out. */
    @Override
    public String toString() {
        return "Probe[" + place.origin() + "]";
    }
}
