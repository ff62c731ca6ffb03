package io.pingate;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The core is pure: values and functions of the Java platform, without I/O, clock, threads or logging. */
class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/pingate-testing/"))
            .importPackages("io.pingate");

    @Test
    void core_depends_on_nothing_but_the_java_platform() {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "javax.crypto..", "io.pingate..", "org.jspecify.annotations"))
                .check(CORE);
    }

    @Test
    void policy_depends_on_values_only() {
        classes()
                .that()
                .resideInAPackage("io.pingate")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "io.pingate",
                        "java.lang..",
                        "java.util..",
                        "java.time..",
                        "java.nio", // CharBuffer
                        "java.nio.charset",
                        "java.security..",
                        "javax.crypto..",
                        "org.jspecify.annotations"))
                .check(CORE);
    }

    @Test
    void core_has_no_clock() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat(type(Clock.class))
                .check(CORE);
    }

    @Test
    void core_starts_no_thread_and_writes_no_log() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.util.logging..", "java.util.concurrent", "java.sql.."))
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CORE);
    }
}
