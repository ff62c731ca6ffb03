package io.pingate.servlet.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object whose values are all strings, read strictly (RFC 8259, and no name twice). */
final class JsonStrings {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            // The default leaves buffers on the container's threads, which outlive the webapp.
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .build();

    private static final String NO_OBJECT = "must be one JSON object, with no name twice";

    private JsonStrings() {}

    /**
     * Reads an object, in its order.
     *
     * @throws IllegalArgumentException when it is anything else; the message holds no value, since one may be a secret
     */
    static Map<String, String> of(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            Map<String, String> members = new LinkedHashMap<>();
            require(parser.nextToken() == JsonToken.START_OBJECT, NO_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                require(parser.nextToken() == JsonToken.VALUE_STRING, "the value of \"" + name + "\" must be a string");
                members.put(name, parser.getText());
            }
            require(parser.nextToken() == null, NO_OBJECT);
            return members;
        } catch (IOException e) {
            // Not as its cause: the parser's message quotes the text.
            throw new IllegalArgumentException(fault(NO_OBJECT));
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(fault(rule));
        }
    }

    private static String fault(String rule) {
        return rule + "; write for example {\"X-Team\": \"home\"}";
    }
}
