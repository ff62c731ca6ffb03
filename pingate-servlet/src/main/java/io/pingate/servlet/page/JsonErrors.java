package io.pingate.servlet.page;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.pingate.proxy.ErrorShape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The gate's own errors, for programs. */
final class JsonErrors {
    private JsonErrors() {}

    static String of(ErrorShape shape, int status, String message) {
        return object(shape.error(status, message));
    }

    /** What to do comes beside the error, at the same place in every shape. */
    static String signInRequired(ErrorShape shape, String form, @Nullable String reason) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (reason == null) {
            members.put("error", shape.signInRequired(form));
        } else {
            members.putAll(shape.error(401, reason));
        }
        members.put("sign_in", form);
        return object(members);
    }

    static String object(Map<?, ?> members) {
        return members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ":" + value(member.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String value(Object value) {
        if (value instanceof Map<?, ?> members) {
            return object(members);
        }
        return value instanceof Number || value instanceof Boolean ? value.toString() : quoted(value);
    }

    private static String quoted(Object text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text.toString())) + '"';
    }
}
