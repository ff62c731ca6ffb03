package io.pingate.servlet;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.temporal.Temporal;
import java.util.Date;
import org.junit.jupiter.api.Test;

/** The modules form one arrow, and the filter runs in any Servlet 6 container. */
class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/pingate-testing/"))
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

    /** Who sets the clock moves no deadline, no throttle and no epoch; it is asked for what stands in a cookie. */
    @Test
    void filter_alone_asks_for_the_time_of_day() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(PinGateFilter.class.getName())
                .should()
                .callMethodWhere(target(owner(assignableTo(System.class))).and(target(name("currentTimeMillis"))))
                .orShould()
                .callMethodWhere(target(owner(assignableTo(Temporal.class))).and(target(name("now"))))
                .orShould()
                .callMethodWhere(target(owner(assignableTo(Clock.class))).and(target(nameMatching("system.*"))))
                .orShould()
                .callConstructor(Date.class)
                .check(ALL);
    }
}
