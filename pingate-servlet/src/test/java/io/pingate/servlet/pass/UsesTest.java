package io.pingate.servlet.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.SignInLink;
import io.pingate.UsedLinks;
import io.pingate.UsedLinks.Use;
import io.pingate.servlet.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was used once, in the state folder and in memory. */
class UsesTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    static Stream<Function<Path, UsedLinks>> kinds() {
        UsedLinks memory = new RememberedUses();
        return Stream.of(path -> new KeptUses(new StateFolder(path)), path -> memory);
    }

    private static SignInLink link(Instant end) {
        return SignInLink.fresh(end, false, "/");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void link_is_used_once(Function<Path, UsedLinks> kind) {
        SignInLink link = link(NOW.plus(MINUTE));
        assertEquals(Use.FIRST, kind.apply(folder).use(link, NOW));
        assertEquals(Use.AGAIN, kind.apply(folder).use(link, NOW));
        assertEquals(Use.FIRST, kind.apply(folder).use(link(NOW.plus(MINUTE)), NOW));
        assertEquals(Use.AGAIN, kind.apply(folder).use(link, NOW.minus(MINUTE)));
    }

    /** The mark is gone when its time is over; a clock that was wrong for a while must not make the link good again. */
    @ParameterizedTest
    @MethodSource("kinds")
    void used_link_stays_used_when_the_clock_goes_back(Function<Path, UsedLinks> kind) {
        SignInLink link = link(NOW.plus(MINUTE));
        SignInLink sameEnd = link(NOW.plus(MINUTE));
        assertEquals(Use.FIRST, kind.apply(folder).use(link, NOW));
        Instant ahead = NOW.plus(Duration.ofDays(365));
        assertEquals(Use.FIRST, kind.apply(folder).use(link(ahead.plus(MINUTE)), ahead));
        assertEquals(Use.AGAIN, kind.apply(folder).use(link, NOW));
        assertEquals(Use.AGAIN, kind.apply(folder).use(sameEnd, NOW), "nobody knows");
        assertEquals(Use.FIRST, kind.apply(folder).use(link(NOW.plus(MINUTE).plusSeconds(1)), NOW));
    }

    @Test
    void marks_are_removed_when_their_time_is_over() throws IOException {
        UsedLinks uses = new KeptUses(new StateFolder(folder));
        for (int i = 0; i < 20; i++) {
            assertEquals(Use.FIRST, uses.use(link(NOW.plusSeconds(i + 1)), NOW));
        }
        Path others = Files.writeString(folder.resolve("used-links").resolve("readme"), "x");
        uses.use(link(NOW.plus(MINUTE)), NOW.plusSeconds(30));
        try (Stream<Path> left = Files.list(folder.resolve("used-links"))) {
            assertEquals(2, left.count());
        }
        assertTrue(Files.exists(others));
        assertEquals(NOW.plusSeconds(20).getEpochSecond() + "\n", Files.readString(folder.resolve("links-ended")));
    }

    @Test
    void nothing_is_used_when_it_cannot_be_kept() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("used-links"), "x");
        UsedLinks uses = new KeptUses(new StateFolder(folder));
        SignInLink link = link(NOW.plus(MINUTE));
        assertEquals(Use.NOT_KEPT, uses.use(link, NOW));
        Files.delete(inTheWay);
        Path ended = Files.writeString(folder.resolve("links-ended"), "soon");
        assertEquals(Use.NOT_KEPT, uses.use(link, NOW));
        Files.delete(ended);
        assertEquals(Use.FIRST, uses.use(link, NOW));
    }

    /** As two gates that share a folder. */
    @Test
    void one_of_many_is_first_when_they_use_a_link_at_the_same_time() throws Exception {
        ExecutorService many = Executors.newFixedThreadPool(50);
        try {
            for (int round = 0; round < 20; round++) {
                SignInLink link = link(NOW.plus(MINUTE));
                List<Callable<Use>> uses = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    uses.add(() -> new KeptUses(new StateFolder(folder)).use(link, NOW));
                }
                List<Use> results = new ArrayList<>();
                for (Future<Use> use : many.invokeAll(uses)) {
                    results.add(use.get());
                }
                assertEquals(1, results.stream().filter(Use.FIRST::equals).count());
                assertFalse(results.contains(Use.NOT_KEPT));
            }
        } finally {
            many.shutdownNow();
        }
    }

    @Test
    void memory_is_bounded() {
        RememberedUses uses = new RememberedUses();
        SignInLink first = link(NOW.plus(MINUTE));
        assertEquals(Use.FIRST, uses.use(first, NOW));
        for (int i = 0; i < 999; i++) {
            assertEquals(Use.FIRST, uses.use(link(NOW.plus(MINUTE)), NOW));
        }
        assertEquals(Use.NOT_KEPT, uses.use(link(NOW.plus(MINUTE)), NOW));
        assertEquals(Use.AGAIN, uses.use(first, NOW));
        Instant later = NOW.plus(MINUTE).plusSeconds(1);
        assertEquals(Use.FIRST, uses.use(link(later.plus(MINUTE)), later));
    }
}
