package io.pingate.blackbox;

import static io.pingate.blackbox.RequestHeaderContract.only;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Deadline;
import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 7: the style goes into pages, into all of them, and into nothing else. */
abstract class ThemeContract extends GateContract {
    private static final String STYLE = "<style>" + Stage.CSS + "</style>";
    private static final String HEAD = "<!DOCTYPE html><html><head><meta charset=utf-8><title>Br</title>";
    private static final String REST = "</head><body>" + paragraphs() + "</body></html>";
    private static final String PAGE = HEAD + REST;
    private static final String THEMED = HEAD + STYLE + REST;

    /** PAGE as Python has it: {@code brotli.compress(page, quality=5, lgwin=16).hex()}. */
    private static final byte[] PAGE_BR = HexFormat.of()
            .parseHex(
                    "02870080b860ae542f940930f3bc524c5e9482babd60c8cdaa3551851106f6101c048c216cf31a1e978874243d11cd1c02"
                            + "eeaa886519e6eddec665d3fc59fe7fab9354e59feef37cd8bb6838fe7855fdf158ccb7e76a83bd866d717f46bfe704429"
                            + "104124a24b12492362c7a4a820409122448902001914824128944229148229148241289445ad7e96df4c39b13");

    ThemeContract(Stage stage) {
        super(stage);
    }

    @Test
    void style_is_before_the_end_of_the_head_when_page_has_a_length() throws Exception {
        WireResponse answer = page(PAGE, "Accept-Ranges: bytes", "Content-MD5: x", "Digest: x", "Repr-Digest: x");
        assertEquals(THEMED, answer.text());
        assertTrue(answer.body().complete());
        assertEquals(String.valueOf(THEMED.length()), only(answer.head(), "Content-Length"));
        for (String gone : List.of("Accept-Ranges", "Content-MD5", "Digest", "Repr-Digest")) {
            assertFalse(answer.head().has(gone), gone);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64 * 1024, 128 * 1024, 500 * 1024})
    void page_comes_whole_when_as_long_as(int bytes) throws Exception {
        String filling = "x".repeat(bytes - PAGE.length());
        WireResponse answer = page(PAGE + filling);
        assertEquals(THEMED + filling, answer.text());
        assertTrue(answer.body().complete());
    }

    /** The client isn't kept waiting, so its length is still open when the head is sent. */
    @Test
    void page_comes_without_a_length_when_its_head_ends_late() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/", "Accept: text/html"));
            Exchange exchange = upstream.next();
            exchange.send(answerOf("HTTP/1.1 200 OK", "text/html", PAGE.getBytes(ISO_8859_1))
                    .replace(REST, ""));
            assertFalse(client.in().head().has("Content-Length"));
            assertEquals(HEAD, client.in().chunk());
            exchange.send(REST).done();
            assertEquals(STYLE + REST, client.in().chunk());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<head></HEAD>x | <head>$</HEAD>x",
                "<head></head >x | <head>$</head >x",
                "<head></head></head> | <head>$</head></head>",
                "<head><!-- </head> --></head> | <head><!-- </head> -->$</head>",
                "<head><script>'</head>'</script></head> | <head><script>'</head>'</script>$</head>"
            })
    void style_is_before_the_end_of_the_head_when_page_is(String page, String themed) throws Exception {
        assertEquals(themed.replace("$", STYLE), page(page).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "Text/HTML; Charset=\"UTF-8\"",
                "text/html; charset=iso-8859-15",
                "text/html; charset=absurd-9000",
                "text/html;charset="
            })
    void page_is_themed_when_type_is(String type) throws Exception {
        assertEquals(
                THEMED, ask("HTTP/1.1 200 OK", type, PAGE.getBytes(ISO_8859_1)).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/json",
                "application/xhtml+xml",
                "text/html; charset=utf-16",
                "text/html; charset=UTF-16LE",
                "text/html\r\nContent-Encoding: zstd",
                "text/html\r\nContent-Encoding: gzip, br",
                "text/html\r\nContent-Disposition: attachment"
            })
    void answer_passes_as_it_is_when_type_is(String type) throws Exception {
        WireResponse answer =
                ask("HTTP/1.1 200 OK\r\nETag: \"a\"\r\nAccept-Ranges: bytes", type, PAGE.getBytes(ISO_8859_1));
        assertEquals(PAGE, answer.text());
        assertEquals("\"a\"", only(answer.head(), "ETag"));
        assertEquals("bytes", only(answer.head(), "Accept-Ranges"));
        assertEquals(String.valueOf(PAGE.length()), only(answer.head(), "Content-Length"));
    }

    @Test
    void part_of_a_page_passes_as_it_is() throws Exception {
        String status = "HTTP/1.1 206 Partial Content\r\nETag: \"a\"\r\nContent-Range: bytes 0-12/99";
        WireResponse answer = ask(status, "text/html", "<head></head>".getBytes(ISO_8859_1));
        assertEquals(206, answer.status());
        assertEquals("<head></head>", answer.text());
        assertEquals("\"a\"", only(answer.head(), "ETag"));
    }

    /** The length is the page's without the theme, and whether the theme finds its place is seen in the page alone. */
    @ParameterizedTest
    @CsvSource({"text/html,false", "text/plain,true"})
    void head_tells_what_get_would_when_type_is(String type, boolean asItIs) throws Exception {
        String answer = "HTTP/1.1 200 OK\r\nContent-Type: " + type
                + "\r\nETag: \"v1\"\r\nAccept-Ranges: bytes\r\nContent-Length: " + PAGE.length() + "\r\n\r\n";
        upstream.answer(answer + PAGE);
        String etag = only(ask(signedIn("GET", "/", "Accept: text/html")).head(), "ETag");
        upstream.answer(answer);
        try (RawClient client = stage.client()) {
            client.send(signedIn("HEAD", "/", "Accept: text/html"));
            WireHead head = client.responseToHead().head();
            assertEquals(200, head.status());
            assertEquals(etag, only(head, "ETag"));
            assertEquals(asItIs, etag.equals("\"v1\""));
            assertEquals(asItIs, head.has("Content-Length"), head::text);
            assertEquals(asItIs, head.has("Accept-Ranges"), head::text);
            upstream.answer(RawUpstream.OK);
            assertEquals("ok", client.send(signedIn("GET", "/")).response().text());
        }
    }

    @Test
    void head_is_revalidated_as_the_page_is() throws Exception {
        String etag = only(page(PAGE, "ETag: \"v1\"").head(), "ETag");
        upstream.forget();
        upstream.answer("HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n");
        try (RawClient client = stage.client()) {
            client.send(signedIn("HEAD", "/", "Accept: text/html", "If-None-Match: " + etag));
            WireHead head = client.responseToHead().head();
            assertEquals(304, head.status());
            assertEquals(etag, only(head, "ETag"));
        }
        assertEquals("\"v1\"", only(upstream.next().head(), "If-None-Match"));
    }

    @Test
    void page_is_revalidated_by_its_own_tag() throws Exception {
        String etag = only(page(PAGE, "ETag: \"v1\"").head(), "ETag");
        assertTrue(etag.startsWith("W/\"v1"), etag);
        upstream.forget();
        upstream.answer("HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n");
        WireResponse answer = ask(signedIn("GET", "/", "Accept: text/html", "If-None-Match: " + etag));
        assertEquals(304, answer.status());
        assertEquals(etag, only(answer.head(), "ETag"));
        assertEquals("\"v1\"", only(upstream.next().head(), "If-None-Match"));
    }

    /** A page that the client holds from before the theme must not stay on the screen. */
    @Test
    void condition_stays_behind_when_page_was_held_without_the_theme() throws Exception {
        WireHead up = passed(signedIn(
                "GET",
                "/",
                "Accept: text/html",
                "If-None-Match: \"v1\"",
                "If-Modified-Since: Wed, 21 Oct 2026 07:28:00 GMT"));
        assertFalse(up.has("If-None-Match") || up.has("If-Modified-Since"), up::text);
    }

    @Test
    void only_gzip_is_asked_for_when_a_page_is_wanted() throws Exception {
        String codings = "Accept-Encoding: gzip, deflate, br, zstd";
        assertEquals("gzip", only(passed(signedIn("GET", "/", "Accept: text/html", codings)), "Accept-Encoding"));
        upstream.forget();
        assertEquals(
                "gzip, deflate, br, zstd",
                only(passed(signedIn("GET", "/", "Accept: */*", codings)), "Accept-Encoding"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br"})
    void coding_is_taken_off_when_upstream_sends(String coding) throws Exception {
        upstream.answer(answerOf("HTTP/1.1 200 OK\r\nContent-Encoding: " + coding, "text/html", coded(coding)));
        WireResponse plain = ask(signedIn("GET", "/", "Accept: text/html"));
        assertEquals(THEMED, plain.text());
        assertFalse(plain.head().has("Content-Encoding"), plain.head()::text);
        assertEquals("Accept-Encoding", only(plain.head(), "Vary"));

        WireResponse gzip = ask(signedIn("GET", "/", "Accept: text/html", "Accept-Encoding: br, gzip"));
        assertEquals("gzip", only(gzip.head(), "Content-Encoding"));
        assertEquals(THEMED, gunzip(gzip.text()));
    }

    /** No clock: the upstream writes the next byte only when the client has read what the last one made certain. */
    @Test
    void page_streams_when_written_byte_by_byte() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(signedIn("GET", "/", "Accept: text/html"));
            Exchange exchange = upstream.next();
            exchange.send(WireHead.of("HTTP/1.1 200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked"));
            client.in().head();
            for (char c : "<head><p>x</p".toCharArray()) {
                exchange.send(StreamContract.chunk(String.valueOf(c)));
            }
            StringBuilder read = new StringBuilder();
            while (read.length() < "<head><p>x".length()) {
                read.append(client.in().chunk());
            }
            for (char c : "></head>".toCharArray()) {
                exchange.send(StreamContract.chunk(String.valueOf(c)));
            }
            String themed = "<head><p>x</p>" + STYLE + "</head>";
            while (read.length() < themed.length()) {
                read.append(client.in().chunk());
            }
            assertEquals(themed, read.toString());
            exchange.send(StreamContract.chunk("later"));
            assertEquals("later", client.in().chunk());
            exchange.send("0\r\n\r\n").done();
            assertEquals("", client.in().chunk());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default-src 'self'; style-src 'self' | default-src 'self'; style-src 'self' $",
                "default-src 'self' | default-src 'self'; style-src 'self' $",
                "style-src 'none' | style-src $",
                "style-src 'unsafe-inline' | style-src 'unsafe-inline'",
                "script-src 'self' | script-src 'self'",
                "style-src-elem 'self'; style-src 'self' | style-src-elem 'self' $; style-src 'self'"
            })
    void policy_allows_the_style_and_nothing_else_when_it_is(String policy, String changed) throws Exception {
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(Stage.CSS.getBytes(ISO_8859_1)));
        String expected = changed.replace("$", "'sha256-" + hash + "'");
        assertEquals(
                expected, only(page(PAGE, "Content-Security-Policy: " + policy).head(), "Content-Security-Policy"));
    }

    @Test
    void policy_passes_when_8_kib_long() throws Exception {
        String policy = "img-src" + " https://a.test".repeat(546);
        assertEquals(
                policy, only(page(PAGE, "Content-Security-Policy: " + policy).head(), "Content-Security-Policy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void page_is_cut_when_coding_is_cut(String coding) throws Exception {
        byte[] whole = coded(coding);
        byte[] cut = Arrays.copyOf(whole, whole.length - 12);
        WireResponse answer = ask("HTTP/1.1 200 OK\r\nContent-Encoding: " + coding, "text/html", cut);
        assertFalse(answer.body().complete(), answer::text);
        assertGoesOn();
    }

    @Test
    void page_is_cut_when_gzip_is_broken() throws Exception {
        byte[] broken = coded("gzip");
        broken[broken.length - 6] ^= 0x55;
        WireResponse answer = ask("HTTP/1.1 200 OK\r\nContent-Encoding: gzip", "text/html", broken);
        assertFalse(answer.body().complete(), answer::text);
        assertGoesOn();
    }

    @ParameterizedTest
    @ValueSource(longs = {5000, Long.MAX_VALUE})
    void page_is_cut_when_upstream_cuts_it(long length) throws Exception {
        upstream.play(exchange -> exchange.send(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + length + "\r\n\r\n" + PAGE)
                .close());
        WireResponse answer = ask(signedIn("GET", "/", "Accept: text/html"));
        // Nothing may be on its way by then: a page's pieces are joined.
        assertTrue(answer.status() == 502 || !answer.body().complete(), answer.head()::text);
        assertGoesOn();
    }

    @Test
    void changed_css_is_taken_up_and_a_deleted_one_stays() throws Exception {
        Path css = stage.gate().home().resolve(Stage.THEME_FILE);
        try {
            Files.writeString(css, "body { color: plum }");
            awaitInPage("plum");
            Files.delete(css);
            assertTrue(Deadline.reached(Deadline.USUAL, () -> {
                assertTrue(page(PAGE).text().contains("plum"));
                return stage.gate().log().contains("the old value stays");
            }));
        } finally {
            Files.writeString(css, Stage.CSS);
            awaitInPage("teal");
        }
        assertEquals(1, stage.gate().log().split("the old value stays", -1).length - 1);
    }

    private void awaitInPage(String colour) throws Exception {
        assertTrue(Deadline.reached(Deadline.USUAL, () -> page(PAGE).text().contains(colour)));
    }

    private WireResponse page(String html, String... lines) throws IOException {
        String head = String.join("\r\n", lines);
        return ask("HTTP/1.1 200 OK" + (head.isEmpty() ? "" : "\r\n" + head), "text/html", html.getBytes(ISO_8859_1));
    }

    private WireResponse ask(String head, String type, byte[] body) throws IOException {
        upstream.answer(answerOf(head, type, body));
        return ask(signedIn("GET", "/", "Accept: text/html"));
    }

    private static String answerOf(String head, String type, byte[] body) {
        return head + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n\r\n"
                + new String(body, ISO_8859_1);
    }

    private static byte[] coded(String coding) {
        if (coding.equals("br")) {
            return PAGE_BR.clone();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream coder = coding.equals("gzip") ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
            coder.write(PAGE.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String gunzip(String coded) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(coded.getBytes(ISO_8859_1)))) {
            return new String(in.readAllBytes(), ISO_8859_1);
        }
    }

    private static String paragraphs() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            text.append("<p>Line ").append(i).append(" of a page.</p>");
        }
        return text.toString();
    }
}
