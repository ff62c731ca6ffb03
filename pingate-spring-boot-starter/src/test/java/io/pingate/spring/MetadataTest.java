package io.pingate.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pingate.servlet.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What editors know of the properties, against the code. With {@code -Dreadme=write} it is made anew. */
class MetadataTest {
    private static final Path FILE = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");

    /** Of a gate that listens by itself; here the application's server does. */
    private static final Set<Setting> OF_THE_PROGRAM = EnumSet.of(Setting.HOST, Setting.PORT);

    private static final String TEXT = "java.lang.String";
    private static final String TRUTH = "java.lang.Boolean";
    private static final String TEXTS = "java.util.List<java.lang.String>";

    @Test
    void metadata_is_that_of_the_code() throws IOException {
        if ("write".equals(System.getProperty("readme"))) {
            Files.writeString(FILE, metadata());
        }
        assertEquals(metadata(), Files.readString(FILE));
    }

    private static String metadata() {
        List<String> properties = new ArrayList<>(List.of(
                property(
                        "pingate.enabled",
                        TRUTH,
                        "whether the gate is there; without it the application is open",
                        "true"),
                property(
                        "pingate.security.principal",
                        TRUTH,
                        "true: whom the gate has let in is Spring Security's user, by the name of pingate.trusted-email",
                        "false"),
                property("pingate.security.authorities", TEXTS, "what that user may do", "ROLE_USER"),
                property(
                        "pingate.proxy.enabled",
                        TRUTH,
                        "true: requests go to the program that pingate.upstream names; asks for jetty-ee10-proxy",
                        "false"),
                property("pingate.proxy.paths", TEXTS, "URL patterns of the requests that go there", "/*"),
                property(
                        "management.health.pingate.enabled",
                        TRUTH,
                        "whether the actuator's health tells of the gate",
                        "true")));
        for (Setting setting : Setting.values()) {
            if (!OF_THE_PROGRAM.contains(setting) && !setting.meaning().startsWith("standalone only")) {
                properties.add(
                        property(PropertyName.of(setting), type(setting), setting.meaning(), setting.defaultValue()));
            }
        }
        return "{\n  \"groups\": [],\n  \"properties\": [\n" + String.join(",\n", properties) + "\n  ]\n}\n";
    }

    private static String type(Setting setting) {
        String value = setting.defaultValue() == null ? "" : setting.defaultValue();
        if (setting.meaning().contains("comma-separated")) {
            return TEXTS;
        }
        if (value.matches("true|false")) {
            return TRUTH;
        }
        return value.matches("[0-9]+")
                ? "java.lang.Integer"
                : value.matches("[0-9]+[smh]") ? "java.time.Duration" : TEXT;
    }

    private static String property(String name, String type, String meaning, String value) {
        String sentence = Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + ".";
        return "    {\n      \"name\": " + quoted(name) + ",\n      \"type\": " + quoted(type)
                + ",\n      \"description\": "
                + quoted(PropertyName.inFault(sentence))
                + (value == null ? "" : ",\n      \"defaultValue\": " + literal(type, value)) + "\n    }";
    }

    private static String literal(String type, String value) {
        return type.equals(TRUTH) || type.equals("java.lang.Integer") ? value : quoted(value);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
