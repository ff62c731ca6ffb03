package io.pingate.proxy;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the gate's own errors look to the programs that call a route, as JSON. A value is a string, a number or an object,
 * which is a map in the order of its members.
 */
public interface ErrorShape {
    /** {@code {"error": "...", "status": 502}}. */
    ErrorShape PLAIN = new ErrorShape() {
        @Override
        public Map<String, Object> error(int status, String message) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("error", message);
            members.put("status", status);
            return members;
        }

        @Override
        public Object signInRequired(String form) {
            return "sign-in required";
        }
    };

    /**
     * Writes an error.
     *
     * @param status the status code, 4xx or 5xx
     * @param message one sentence
     * @return the members of the object that is the body
     */
    Map<String, Object> error(int status, String message);

    /**
     * Says that somebody has to sign in.
     *
     * @param form where
     * @return the value of the member {@code error}
     */
    Object signInRequired(String form);
}
