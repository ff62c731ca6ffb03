package io.pingate.servlet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The modules form one arrow, and the filter runs in any Servlet 6 container. */
class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.pingate");

    @Test
    void filter_depends_on_the_servlet_api_alone() {
        classes()
                .that()
                .resideInAPackage("io.pingate.servlet")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.pingate",
                        "io.pingate.proxy",
                        "io.pingate.servlet",
                        "io.pingate.servlet.head",
                        "java..",
                        "javax.crypto..",
                        "javax.net.ssl..",
                        "jakarta.servlet..",
                        "org.slf4j..",
                        "io.github.bucket4j..",
                        "com.fasterxml.jackson.core..",
                        "org.jspecify.annotations")
                .check(ALL);
    }

    @Test
    void core_knows_no_container() {
        noClasses()
                .that()
                .resideInAnyPackage("io.pingate", "io.pingate.proxy")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.pingate.servlet..", "io.pingate.standalone..", "jakarta..", "org.eclipse..")
                .check(ALL);
    }

    @Test
    void webapp_knows_no_standalone_server() {
        noClasses()
                .that()
                .resideInAPackage("io.pingate.servlet..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.pingate.standalone..", "picocli..")
                .check(ALL);
    }
}
