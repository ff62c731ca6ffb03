package io.pingate.dist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a CycloneDX bill of materials must say to be of use, beside fitting its schema, which the plugin that writes it checks. */
final class BillOfMaterials {
    /** Of tests, or of the containers that the gate is tried in: in the program they would be a mistake. */
    private static final Set<String> NEVER = Set.of(
            "org.junit.jupiter", "com.tngtech.archunit", "org.apache.tomcat.embed", "io.undertow", "org.jspecify");

    /** Some that are in for certain; without them it would be that of something else. */
    private static final Set<String> ALWAYS = Set.of("pingate-api", "pingate-servlet", "jetty-server", "picocli");

    private BillOfMaterials() {}

    static List<String> faults(Path file) throws IOException {
        JsonNode bill = new ObjectMapper().readTree(file.toFile());
        List<String> faults = new ArrayList<>();
        if (!bill.path("bomFormat").asText().equals("CycloneDX")) {
            faults.add(file.getFileName() + " isn't CycloneDX's");
        }
        List<String> names = new ArrayList<>();
        for (JsonNode component : bill.path("components")) {
            String name = component.path("name").asText();
            names.add(name);
            if (component.path("licenses").isEmpty()) {
                faults.add(file.getFileName() + ": " + name + " has no licence");
            }
            if (component.path("purl").asText().isEmpty()
                    || component.path("hashes").isEmpty()) {
                faults.add(file.getFileName() + ": " + name + " has no purl or no hash");
            }
            if (NEVER.contains(component.path("group").asText()) || name.equals("pingate-testing")) {
                faults.add(file.getFileName() + ": " + name + " isn't in the program");
            }
        }
        if (!names.containsAll(ALWAYS)) {
            faults.add(file.getFileName() + " holds only " + names);
        }
        return faults;
    }
}
