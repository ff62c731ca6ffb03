package io.pingate.servlet.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.KeyRing;
import io.pingate.SigningKey;
import io.pingate.servlet.state.Revoked;
import io.pingate.servlet.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassOfficeTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
    private static final Duration DAY = Duration.ofDays(1);
    private static final KeyRing KEYS = KeyRing.of(SigningKey.of("secret"));

    @TempDir
    private Path folder;

    private PassOffice office() {
        return new PassOffice(KEYS, true, new StateFolder(folder), Optional.empty());
    }

    private List<String> listed(Instant now) throws IOException {
        return office().tokens(now).stream()
                .map(token -> token.token().name() + (token.revoked() ? " revoked" : ""))
                .toList();
    }

    @Test
    void tokens_are_listed_until_they_expire() throws IOException {
        office().token("b", DAY.multipliedBy(2), List.of("/api/*"), NOW);
        office().token("a", DAY, List.of(), NOW);
        assertEquals(List.of("a", "b"), listed(NOW));
        assertEquals(List.of("b"), listed(NOW.plus(DAY)));
        assertEquals(List.of("/api/*"), office().tokens(NOW).get(1).token().paths());
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tokens"))));
        office().token("c", DAY, List.of(), NOW.plus(DAY));
        assertFalse(Files.readString(folder.resolve("tokens")).contains("\ta"));
    }

    @Test
    void name_is_unique_among_tokens_that_open_something() throws IOException {
        office().token("a", DAY, List.of(), NOW);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> office().token("a", DAY, List.of(), NOW))
                .getMessage()
                .contains("of this name already"));
        assertEquals(1, office().revoke("a", NOW).orElseThrow().tokens());
        office().token("a", DAY, List.of(), NOW);
        assertEquals(List.of("a revoked", "a"), listed(NOW));
        assertTrue(office().revoke("nobody", NOW).isEmpty());
        assertEquals(1, office().revoke("a", NOW).orElseThrow().tokens());
        assertTrue(office().revoke("a", NOW).isEmpty());
        office().token("a", DAY, List.of(), NOW.plus(DAY));
    }

    @Test
    void revoked_ids_are_kept_for_a_month_longer_than_they_could_open_anything() throws IOException {
        StateFolder state = new StateFolder(folder);
        Revoked.revoke(state, Map.of("one", 100L), 50, Optional.empty());
        Revoked.revoke(state, Map.of("two", 200L), 100 + 30 * 86_400, Optional.empty());
        assertEquals(java.util.Set.of("one", "two"), Revoked.ids(state));
        Revoked.revoke(state, Map.of("three", 300L), 101 + 30 * 86_400, Optional.empty());
        assertEquals(java.util.Set.of("two", "three"), Revoked.ids(state));
        assertEquals("3\nthree 300\ntwo 200\n", Files.readString(folder.resolve("revoked")));
    }

    @Test
    void nothing_is_made_when_it_could_not_be_listed_or_verified() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        PassOffice nowhere = new PassOffice(KEYS, true, new StateFolder(file), Optional.empty());
        assertSays("can't be listed in the state folder " + file, () -> nowhere.token("a", DAY, List.of(), NOW));
        PassOffice forgetful = new PassOffice(KEYS, false, new StateFolder(folder), Optional.empty());
        assertSays("in its memory only", () -> forgetful.token("a", DAY, List.of(), NOW));
        assertSays("in its memory only", () -> forgetful.link(DAY, "/", NOW));
        assertSays("in its memory only", () -> forgetful.guestLink(DAY, DAY, "/", NOW));
        assertTrue(forgetful.ownLink(DAY, NOW).startsWith("pgl1."));
        assertThrows(IllegalArgumentException.class, () -> office().token("a", Duration.ofDays(3651), List.of(), NOW));
        assertThrows(IllegalArgumentException.class, () -> office().token("a", DAY, List.of("/*"), NOW));
        assertThrows(IllegalArgumentException.class, () -> office().link(DAY.plusSeconds(1), "/", NOW));
        assertThrows(IllegalArgumentException.class, () -> office().guestLink(DAY, DAY.minusSeconds(1), "/", NOW));
        assertThrows(IllegalArgumentException.class, () -> office().link(DAY, "//evil.test", NOW));
        assertEquals(List.of(), listed(NOW));
    }

    @Test
    void spoilt_lists_are_told_and_change_nothing() throws IOException {
        office().token("a", DAY, List.of(), NOW);
        String before = Files.readString(folder.resolve("tokens"));
        Files.writeString(folder.resolve("revoked"), "");
        assertSays("must hold a number", () -> office().revoke("a", NOW));
        assertSays("must hold a number", () -> office().token("b", DAY, List.of(), NOW));
        Files.delete(folder.resolve("revoked"));
        Files.writeString(folder.resolve("tokens"), before + "x\n");
        assertSays("a line that is no token's", () -> office().tokens(NOW));
    }

    private static void assertSays(String reason, org.junit.jupiter.api.function.Executable work) {
        String told = assertThrows(IOException.class, work).getMessage();
        assertTrue(told.contains(reason), told);
    }
}
