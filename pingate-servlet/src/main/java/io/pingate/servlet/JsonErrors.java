package io.pingate.servlet;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.pingate.proxy.ErrorShape;

/** The gate's own errors, for programs. */
final class JsonErrors {
    private JsonErrors() {}

    static String of(ErrorShape shape, int status, String message) {
        return switch (shape) {
            case PLAIN -> "{\"error\":" + quoted(message) + ",\"status\":" + status + "}";
            case OPENAI -> "{\"error\":" + openAi(status, message) + "}";
        };
    }

    /** What to do comes beside the error, at the same place in every shape. */
    static String signInRequired(ErrorShape shape, String form) {
        String error =
                switch (shape) {
                    case PLAIN -> quoted("sign-in required");
                    case OPENAI -> openAi(401, "Sign-in required: open " + form + " in a browser and type the PIN.");
                };
        return "{\"error\":" + error + ",\"sign_in\":" + quoted(form) + "}";
    }

    private static String openAi(int status, String message) {
        return "{\"message\":" + quoted(message) + ",\"type\":" + quoted(type(status)) + ",\"code\":"
                + quoted(code(status)) + "}";
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

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
