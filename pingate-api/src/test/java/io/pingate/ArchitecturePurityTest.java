package io.pingate;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.io.File;
import java.net.URI;
import java.nio.channels.Channel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The core is pure: values and functions of the Java platform, without I/O, clock, environment, threads, locks or logging.
 * The one thing in it that changes, the limiter's count, is guarded by its own monitor.
 */
@SuppressWarnings("unused") // The rule alone reads those classes.
class ArchitecturePurityTest {
    /** Package by package, so that nothing comes in along with what is needed. */
    private static final String[] PURE_PACKAGES = {
        "io.pingate..",
        "java.lang",
        "java.lang.annotation",
        "java.lang.invoke", // lambdas and the joining of strings
        "java.lang.runtime", // records
        "java.nio", // buffers of bytes
        "java.nio.charset",
        "java.security",
        "java.security.spec",
        "java.time",
        "java.time.format",
        "java.util",
        "java.util.function",
        "java.util.regex",
        "java.util.stream",
        "javax.crypto",
        "javax.crypto.spec",
        "org.jspecify.annotations"
    };

    /** What those packages have of the world outside. */
    private static final Set<String> IMPURE = Set.of(
            "java.lang.ClassLoader",
            "java.lang.InheritableThreadLocal",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.Runtime",
            "java.lang.Thread",
            "java.lang.ThreadGroup",
            "java.lang.ThreadLocal",
            "java.time.Clock",
            "java.util.Calendar",
            "java.util.Date",
            "java.util.ResourceBundle",
            "java.util.Scanner",
            "java.util.ServiceLoader",
            "java.util.Timer",
            "java.util.TimerTask");

    private static final ArchRule PURE = CompositeArchRule.of(classes()
                    .should()
                    .onlyDependOnClassesThat(resideInAnyPackage(PURE_PACKAGES)
                            .or(type(DataFormatException.class))
                            .and(not(describe("world outside", type -> IMPURE.contains(type.getName()))))))
            .and(noClasses()
                    .should()
                    .accessTargetWhere(describe("the world outside is asked", ArchitecturePurityTest::asksTheWorld)));

    /** Of System, only the copying of arrays is pure: the rest is time, environment, properties and streams. */
    private static boolean asksTheWorld(JavaAccess<?> access) {
        String name = access.getName();
        return switch (access.getTargetOwner().getName()) {
            case "java.lang.System" -> !name.equals("arraycopy");
            case "java.lang.Object" -> Set.of("wait", "notify", "notifyAll").contains(name);
            case "java.lang.Class" -> name.startsWith("getResource") || name.equals("forName");
            default -> access.getTargetOwner().getPackageName().equals("java.time") && name.equals("now");
        };
    }

    @Test
    void core_is_pure() {
        PURE.check(ArchitectureTest.CORE);
    }

    /** One class for each way to be impure; the rule must see every one. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                HasLock.class,
                HasMap.class,
                HasCounter.class,
                HasThread.class,
                HasTimer.class,
                HasThreadLocal.class,
                Waits.class,
                HasFile.class,
                HasPath.class,
                HasChannel.class,
                HasUri.class,
                HasLog.class,
                Prints.class,
                AsksForTheTime.class,
                AsksForTheDay.class,
                AsksForNanos.class,
                AsksForNanosLater.class,
                HasClock.class,
                HasDate.class,
                ReadsEnvironment.class,
                ReadsProperty.class,
                ReadsResource.class,
                HasLibrary.class
            })
    void rule_sees_what_is_not_pure(Class<?> impure) {
        var classes = new ClassFileImporter().importClasses(impure);
        assertThrows(AssertionError.class, () -> PURE.check(classes));
    }

    @Test
    void rule_sees_nothing_in_what_is_pure() {
        PURE.check(new ClassFileImporter().importClasses(Pure.class));
    }

    private record Pure(Instant now, @Nullable String name) {
        Pure {
            System.arraycopy(new int[1], 0, new int[1], 0, 1);
        }
    }

    private record HasLock(Lock lock) {}

    private record HasMap(ConcurrentHashMap<String, String> map) {}

    private record HasCounter(AtomicLong counter) {}

    private record HasThread(Thread thread) {}

    private record HasTimer(Timer timer) {}

    private record HasThreadLocal(ThreadLocal<String> local) {}

    private record HasFile(File file) {}

    private record HasPath(Path path) {}

    private record HasChannel(Channel channel) {}

    private record HasUri(URI uri) {}

    private record HasLog(Logger log) {}

    private record HasClock(Clock clock) {}

    private record HasDate(Date date) {}

    private record HasLibrary(Test test) {}

    private static final class Waits {
        private boolean done;

        synchronized void await() throws InterruptedException {
            while (!done) {
                wait(1);
            }
        }
    }

    private static final class Prints {
        void print() {
            System.err.println();
        }
    }

    private static final class AsksForTheTime {
        Instant time() {
            return Instant.now();
        }
    }

    private static final class AsksForTheDay {
        LocalDate day() {
            return LocalDate.now(ZoneOffset.UTC);
        }
    }

    private static final class AsksForNanos {
        long time() {
            return System.nanoTime();
        }
    }

    private static final class AsksForNanosLater {
        LongSupplier time() {
            return System::nanoTime;
        }
    }

    private static final class ReadsEnvironment {
        String read() {
            return System.getenv("HOME");
        }
    }

    private static final class ReadsProperty {
        String read() {
            return System.getProperty("user.home");
        }
    }

    private static final class ReadsResource {
        Object read() {
            return ReadsResource.class.getResource("x");
        }
    }
}
