package io.pingate.servlet.state;

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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    private static final String REMEDY = "So a restart signs everybody out.";

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void key_is_kept_for_its_owner_alone_when_made() throws Exception {
        Path state = folder.resolve("a/b");
        byte[] key = new StateFolder(state).key(warnings::add, REMEDY);
        assertEquals(32, key.length);
        assertArrayEquals(key, new StateFolder(state).key(warnings::add, REMEDY));
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
                .forEach(i ->
                        keys.add(Arrays.toString(new StateFolder(folder.resolve("state")).key(warnings::add, REMEDY))));
        assertEquals(1, keys.size());
    }

    @Test
    void owner_is_warned_when_others_can_read_the_key() throws Exception {
        byte[] key = new StateFolder(folder).key(warnings::add, REMEDY);
        Files.setPosixFilePermissions(folder.resolve("key"), PosixFilePermissions.fromString("rw-r-----"));
        assertArrayEquals(key, new StateFolder(folder).key(warnings::add, REMEDY));
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("chmod 600"), warnings::toString);
    }

    @Test
    void key_is_of_this_run_alone_when_the_folder_cannot_be_used() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        StateFolder state = new StateFolder(file.resolve("state"));
        assertFalse(Arrays.equals(state.key(warnings::add, REMEDY), state.key(warnings::add, REMEDY)));
        assertTrue(warnings.get(0).contains(REMEDY), warnings::toString);
    }

    @Test
    void key_is_of_this_run_alone_when_the_file_is_no_key() throws Exception {
        Files.createFile(folder.resolve("key"));
        assertEquals(32, new StateFolder(folder).key(warnings::add, REMEDY).length);
        assertTrue(warnings.get(0).contains("delete it"), warnings::toString);
    }
}
