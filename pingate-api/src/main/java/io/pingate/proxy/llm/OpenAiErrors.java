package io.pingate.proxy.llm;

import io.pingate.proxy.ErrorShape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code {"error": {"message": "...", "type": "...", "code": "..."}}}, as OpenAI's API has it: its clients show the reason,
 * and of anything else only the status.
 */
final class OpenAiErrors implements ErrorShape {
    @Override
    public Map<String, Object> error(int status, String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", object(status, message));
        return body;
    }

    @Override
    public Object signInRequired(String form) {
        return object(401, "Sign-in required: open " + form + " in a browser and type the PIN.");
    }

    private static Map<String, Object> object(int status, String message) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("message", message);
        members.put("type", type(status));
        members.put("code", code(status));
        return members;
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }

    private static String code(int status) {
        return switch (status) {
            case 401 -> "sign_in_required";
            case 403 -> "forbidden";
            case 502 -> "bad_gateway";
            case 504 -> "gateway_timeout";
            default -> status < 500 ? "bad_request" : "internal_error";
        };
    }
}
