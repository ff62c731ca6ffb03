package io.pingate.proxy.headers;

import io.pingate.http.HeaderFields;
import io.pingate.http.InvalidValueException;
import java.util.List;

/**
 * A key that the gate keeps for its clients: it goes to the upstream in their place, and never comes back.
 *
 * @param sent the fields that carry it, for signed-in requests
 * @param key the key itself, which is taken out of every answer's fields
 * @param clientFields fields in which a client could send a key of its own; all of them are dropped
 * @param subprotocolPrefix how a subprotocol of a WebSocket begins that holds a client's key
 */
public record ApiKey(HeaderFields sent, String key, List<String> clientFields, String subprotocolPrefix) {
    /**
     * Keeps a key that can be sent in a field.
     *
     * @param sent the fields that carry it, for signed-in requests
     * @param key the key itself, which is taken out of every answer's fields
     * @param clientFields fields in which a client could send a key of its own
     * @param subprotocolPrefix how a subprotocol of a WebSocket begins that holds a client's key
     * @throws IllegalArgumentException when the key isn't visible ASCII, without its value
     */
    public ApiKey {
        if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new InvalidValueException("key", "must be visible ASCII characters without spaces");
        }
        clientFields = List.copyOf(clientFields);
    }

    /** {@return a name without the key} */
    @Override
    public String toString() {
        return "ApiKey";
    }
}
