package io.pingate.proxy.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.pingate.http.HeaderFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClearSiteDataTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"cache\"|\"cache\"|false",
                "\"cache\", \"cookies\"|\"cache\"|true",
                "\"cookies\" ,\"storage\"|\"storage\"|true",
                "\"cookies:partitioned\",\"cache\"|\"cache\"|true",
                "cookies, cache|cache|true",
                "\"a\", \"*\"|\"a\", \"cache\", \"clientHints\", \"executionContexts\", \"prefetchCache\","
                        + " \"prerenderCache\", \"storage\"|true"
            })
    void all_but_cookies_stays_when_cleared(String said, String becomes, boolean cookies) {
        assertEquals(becomes, ClearSiteData.withoutCookies(said));
        assertEquals(cookies, ClearSiteData.wouldClearCookies(HeaderFields.of("clear-site-data", said)));
    }

    @Test
    void nothing_stays_when_cookies_were_all() {
        assertNull(ClearSiteData.withoutCookies("\"cookies\""));
        assertNull(ClearSiteData.withoutCookies("\"Cookies\",, \"cookies\""));
        assertNull(ClearSiteData.withoutCookies(""));
    }

    @Test
    void nothing_would_be_cleared_when_the_field_is_missing() {
        assertEquals(false, ClearSiteData.wouldClearCookies(HeaderFields.of("X", "\"cookies\"")));
    }
}
