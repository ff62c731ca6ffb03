package io.pingate.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateFolderTest {
    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void key_is_kept_for_its_owner_alone_when_made() throws Exception {
        Path state = folder.resolve("a/b");
        byte[] key = new StateFolder(state).key(warnings::add);
        assertEquals(32, key.length);
        assertArrayEquals(key, new StateFolder(state).key(warnings::add));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(state)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("key"))));
        try (Stream<Path> files = Files.list(state)) {
            assertEquals(1, files.count());
        }
        assertEquals(List.of(), warnings);
    }

    @Test
    void key_is_one_when_gates_start_at_once() {
        Set<String> keys = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 16)
                .parallel()
                .forEach(i -> keys.add(Arrays.toString(new StateFolder(folder.resolve("state")).key(warnings::add))));
        assertEquals(1, keys.size());
    }

    @Test
    void owner_is_warned_when_others_can_read_the_key() throws Exception {
        byte[] key = new StateFolder(folder).key(warnings::add);
        Files.setPosixFilePermissions(folder.resolve("key"), PosixFilePermissions.fromString("rw-r-----"));
        assertArrayEquals(key, new StateFolder(folder).key(warnings::add));
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("chmod 600"), warnings::toString);
    }

    @Test
    void key_is_of_this_run_alone_when_the_folder_cannot_be_used() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        StateFolder state = new StateFolder(file.resolve("state"));
        assertFalse(Arrays.equals(state.key(warnings::add), state.key(warnings::add)));
        assertTrue(warnings.get(0).contains("a restart signs everybody out"), warnings::toString);
    }

    @Test
    void key_is_of_this_run_alone_when_the_file_is_no_key() throws Exception {
        Files.createFile(folder.resolve("key"));
        assertEquals(32, new StateFolder(folder).key(warnings::add).length);
        assertTrue(warnings.get(0).contains("delete it"), warnings::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "/var/lib/x, /state, /var/lib/x",
        "/var/lib/x:/var/lib/y, , /var/lib/x",
        ", /state, /state/pingate",
        ", state, /home/me/.local/state/pingate",
        ", , /home/me/.local/state/pingate"
    })
    void folder_is_where_state_belongs(String service, String xdg, String expected) {
        Map<String, String> environment = new java.util.HashMap<>();
        environment.put("STATE_DIRECTORY", service);
        environment.put("XDG_STATE_HOME", xdg);
        assertEquals(Path.of(expected), StateFolder.standard(environment::get, Path.of("/home/me")));
    }
}
