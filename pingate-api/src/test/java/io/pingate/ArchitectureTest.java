package io.pingate;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The core's packages depend on one another in one direction, and on no setting's name. */
class ArchitectureTest {
    static final JavaClasses CORE = new ClassFileImporter()
            .importUrl(PinGate.class.getProtectionDomain().getCodeSource().getLocation());

    /** Each package of the core, and those of the core that it may depend on. */
    private static final Map<String, List<String>> ARROWS = Map.of(
            "io.pingate.http", List.of(),
            "io.pingate.http.syntax", List.of("io.pingate.http"),
            "io.pingate", List.of("io.pingate.http", "io.pingate.http.syntax"),
            "io.pingate.proxy.forwarded", List.of("io.pingate.http", "io.pingate.http.syntax"),
            "io.pingate.proxy.headers",
                    List.of("io.pingate", "io.pingate.http", "io.pingate.http.syntax", "io.pingate.proxy.forwarded"),
            "io.pingate.proxy",
                    List.of(
                            "io.pingate.http",
                            "io.pingate.http.syntax",
                            "io.pingate.proxy.forwarded",
                            "io.pingate.proxy.headers"),
            "io.pingate.proxy.theme",
                    List.of(
                            "io.pingate.http",
                            "io.pingate.http.syntax",
                            "io.pingate.proxy",
                            "io.pingate.proxy.headers"),
            "io.pingate.proxy.llm",
                    List.of(
                            "io.pingate.http",
                            "io.pingate.http.syntax",
                            "io.pingate.proxy",
                            "io.pingate.proxy.forwarded",
                            "io.pingate.proxy.headers"));

    private static final Pattern SETTING = Pattern.compile("(PINGATE|LITELLM)_[A-Z]");

    @Test
    void packages_depend_on_one_another_in_one_direction() {
        ARROWS.forEach((from, to) -> classes()
                .that()
                .resideInAPackage(from)
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("io.pingate..")
                        .or(resideInAnyPackage(from))
                        .or(resideInAnyPackage(to.toArray(String[]::new))))
                .check(CORE));
    }

    /** A new package needs its own line above. */
    @Test
    void every_package_has_its_arrows() {
        Set<String> packages = new TreeSet<>();
        CORE.forEach(type -> packages.add(type.getPackageName()));

        assertEquals(new TreeSet<>(ARROWS.keySet()), packages);
    }

    @Test
    void packages_form_no_circle() {
        slices().assignedFrom(new PackageByPackage()).should().beFreeOfCycles().check(CORE);
    }

    /** Settings have other names for other users of the core, or none. */
    @Test
    void core_names_no_setting() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<String> naming = sources.filter(Files::isRegularFile)
                    .filter(source -> SETTING.matcher(read(source)).find())
                    .map(Path::toString)
                    .toList();
            assertEquals(List.of(), naming);
        }
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static final class PackageByPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
