package io.pingate.proxy.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheControlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|private",
                "public|private",
                "Public|private",
                "public, max-age=31536000, immutable|max-age=31536000, immutable, private",
                "s-maxage=60,max-age=5|max-age=5, private",
                "S-MaxAge = 60|private",
                "no-cache|no-cache, private",
                "private|private",
                "Private, max-age=5|Private, max-age=5",
                "no-store|no-store",
                "No-Store|No-Store",
                "no-store=\"x\"|no-store=\"x\", private",
                "no-store=|no-store=, private",
                "public, no-store|no-store",
                "private=\"Set-Cookie\"|private",
                "private=\"A, public\", max-age=5|max-age=5, private",
                "no-cache=\"Set-Cookie, X\"|no-cache=\"Set-Cookie, X\", private",
                "ext=\"a\\\", public\", must-revalidate|ext=\"a\\\", public\", must-revalidate, private",
                ", ,max-age=1,,|max-age=1, private",
                "max-age=1, ext=\"never ends, public|max-age=1, no-store",
                "publicly, no-storehouse, privateer|publicly, no-storehouse, privateer, private",
                "stale-while-revalidate=9, no-transform|stale-while-revalidate=9, no-transform, private"
            })
    void keeps_shared_caches_out_when_private(String said, String becomes) {
        assertEquals(becomes, CacheControl.of(List.of(said), CacheScope.PRIVATE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|no-store",
                "no-store|no-store",
                "private|private, no-store",
                "public, max-age=9, no-transform|max-age=9, no-transform, no-store"
            })
    void keeps_every_cache_out_when_nothing_may_be_stored(String said, String becomes) {
        assertEquals(becomes, CacheControl.of(List.of(said), CacheScope.NO_STORE));
    }

    @Test
    void lines_are_one_list_when_there_are_several() {
        assertEquals("private", CacheControl.of(List.of(), CacheScope.PRIVATE));
        assertEquals("a, private, b", CacheControl.of(List.of("a, public", "private", "b"), CacheScope.PRIVATE));
    }

    @Test
    void field_is_for_shared_caches_when_its_name_says_so() {
        assertTrue(CacheControl.isForSharedCaches("cdn-cache-control"));
        assertTrue(CacheControl.isForSharedCaches("SURROGATE-CONTROL"));
        assertTrue(CacheControl.isForSharedCaches("-Cache-Control"));
        assertFalse(CacheControl.isForSharedCaches("Cache-Control"));
        assertFalse(CacheControl.isForSharedCaches("X-Cache-Controls"));
        assertFalse(CacheControl.isForSharedCaches("Control"));
    }
}
