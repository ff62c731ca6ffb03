package io.pingate.servlet;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Clock;
import java.time.temporal.Temporal;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rooms' arrows run in one direction, and each library is named in its own rooms alone. */
class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .importUrl(PinGateFilter.class.getProtectionDomain().getCodeSource().getLocation());

    private static final String ROOT = "io.pingate.servlet";

    /** Each room below {@link #ROOT}, and those that it may depend on. */
    private static final Map<String, List<String>> ARROWS = arrows();

    private static Map<String, List<String>> arrows() {
        Map<String, List<String>> arrows = new HashMap<>();
        arrows.put("rate", List.of());
        arrows.put("settings", List.of());
        arrows.put("head", List.of());
        arrows.put("webapp", List.of());
        arrows.put("event", List.of());
        arrows.put("preset", List.of("settings"));
        arrows.put("state", List.of("rate"));
        arrows.put("throttle", List.of("rate"));
        arrows.put("shared", List.of("state"));
        arrows.put("log", List.of("settings"));
        arrows.put("audit", List.of("event", "log", "rate", "settings"));
        arrows.put("access", List.of("log", "settings"));
        arrows.put("metrics", List.of("event"));
        arrows.put("page", List.of("log", "rate"));
        arrows.put("pass", List.of("state"));
        arrows.put("doctor", List.of("page"));
        arrows.put("config", List.of("rate", "settings", "state", "shared", "throttle", "page"));
        arrows.put("llm", List.of("settings", "config"));
        arrows.put("proxy.intercept", List.of());
        arrows.put("proxy.upstream", List.of());
        arrows.put("proxy.tunnel", List.of("event", "proxy.upstream"));
        arrows.put("proxy.theme.coding", List.of());
        arrows.put(
                "proxy.theme", List.of("settings", "page", "proxy.intercept", "proxy.theme.coding", "proxy.upstream"));
        arrows.put("proxy.client", List.of("page", "proxy.tunnel", "proxy.upstream"));
        arrows.put("proxy.client.jetty", List.of("page", "proxy.client", "proxy.tunnel", "proxy.upstream"));
        arrows.put("proxy.client.servlet", List.of("page", "proxy.client", "proxy.tunnel", "proxy.upstream"));
        arrows.put(
                "proxy.client.tomcat",
                List.of("proxy.client", "proxy.client.servlet", "proxy.tunnel", "proxy.upstream"));
        // The filter and what it is set to.
        arrows.put(
                "",
                List.of(
                        "rate",
                        "settings",
                        "preset",
                        "state",
                        "shared",
                        "event",
                        "log",
                        "audit",
                        "access",
                        "pass",
                        "doctor",
                        "throttle",
                        "page",
                        "head",
                        "webapp",
                        "config",
                        "llm",
                        "proxy.intercept",
                        "proxy.theme"));
        // The other door, behind the filter.
        arrows.put(
                "proxy",
                List.of(
                        "",
                        "config",
                        "event",
                        "page",
                        "webapp",
                        "proxy.intercept",
                        "proxy.upstream",
                        "proxy.tunnel",
                        "proxy.client",
                        "proxy.client.jetty",
                        "proxy.client.servlet",
                        "proxy.client.tomcat"));
        // The third, for a Jetty server without servlets.
        arrows.put(
                "handler",
                List.of(
                        "",
                        "access",
                        "doctor",
                        "head",
                        "page",
                        "proxy",
                        "proxy.client",
                        "proxy.client.jetty",
                        "proxy.upstream"));
        return arrows;
    }

    private static String room(String name) {
        return name.isEmpty() ? ROOT : ROOT + "." + name;
    }

    @Test
    void rooms_depend_on_one_another_in_one_direction() {
        ARROWS.forEach((from, to) -> classes()
                .that()
                .resideInAPackage(room(from))
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(ROOT + "..")
                        .or(resideInAnyPackage(room(from)))
                        .or(resideInAnyPackage(
                                to.stream().map(ArchitectureTest::room).toArray(String[]::new))))
                .check(ALL));
    }

    /** No room may reach itself by the arrows that the table allows. */
    @Test
    void arrows_form_no_circle() {
        Set<String> circles = new TreeSet<>();
        for (String room : ARROWS.keySet()) {
            if (reached(room).contains(room)) {
                circles.add(room);
            }
        }
        assertEquals(Set.of(), circles);
    }

    private static Set<String> reached(String from) {
        Set<String> reached = new TreeSet<>(ARROWS.getOrDefault(from, List.of()));
        int before = -1;
        while (before != reached.size()) {
            before = reached.size();
            for (String room : List.copyOf(reached)) {
                reached.addAll(ARROWS.getOrDefault(room, List.of()));
            }
        }
        return reached;
    }

    /** A new room needs a line of its own above. */
    @Test
    void every_room_has_its_arrows() {
        Set<String> rooms = new TreeSet<>();
        ALL.forEach(type -> rooms.add(type.getPackageName()));
        Set<String> known = new TreeSet<>();
        ARROWS.keySet().forEach(name -> known.add(room(name)));

        assertEquals(known, rooms);
    }

    /** Seams: an exchange knows no theme, and neither it nor the filter an LLM server. */
    @Test
    void features_are_plugged_in_at_one_place() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(PinGateSettings.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(GateTerms.class.getName())
                .and()
                .resideOutsideOfPackages(room("proxy.theme") + "..", room("llm"), room("preset"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        room("proxy.theme") + "..",
                        room("llm"),
                        room("preset"),
                        "io.pingate.proxy.theme",
                        "io.pingate.proxy.llm")
                .check(ALL);
    }

    @Test
    void settings_and_state_know_no_feature() {
        noClasses()
                .that()
                .resideInAnyPackage(room("settings"), room("state"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.pingate", "io.pingate.proxy..")
                .check(ALL);
    }

    @Test
    void filter_runs_in_any_container_without_jettys_jars() {
        noClasses()
                .that()
                .resideOutsideOfPackages(room("proxy") + "..", room("head"), room("handler"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jetty..", "org.apache..")
                .check(ALL);
    }

    /** Micrometer is there only when somebody has put it there. */
    @Test
    void micrometer_is_named_in_its_room_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(room("metrics"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..")
                .check(ALL);
    }

    @Test
    void containers_are_named_in_their_rooms_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackages(room("proxy.client.jetty"), room("head"), room("handler"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jetty.server..", "org.eclipse.jetty.ee10.servlet..")
                .check(ALL);
        noClasses()
                .that()
                .resideOutsideOfPackage(room("proxy.client.tomcat"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache..")
                .check(ALL);
    }

    /** But for the servlet and what it starts with: they keep the life of Jetty's client. */
    @Test
    void upstreams_half_alone_knows_which_client_speaks() {
        noClasses()
                .that()
                .resideOutsideOfPackages(room("proxy.upstream"), room("proxy"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jetty.client..")
                .check(ALL);
    }

    @Test
    void webapp_knows_no_standalone_server() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.pingate.standalone..", "picocli..")
                .check(ALL);
    }

    /** Who sets the clock moves no deadline, no throttle and no epoch; it is asked for what stands in a cookie. */
    @Test
    void gatekeeper_alone_asks_for_the_time_of_day() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Gatekeeper.class.getName())
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
