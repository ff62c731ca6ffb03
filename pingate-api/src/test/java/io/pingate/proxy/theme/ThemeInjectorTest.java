package io.pingate.proxy.theme;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThemeInjectorTest {
    private static final String STYLE = "<style>b{color:red}</style>";
    private static final Theme THEME = Theme.of("b{color:red}".getBytes(ISO_8859_1));

    /** The caret says where the style belongs; a page without one stays as it is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><head>^</head><body></head></body>",
                "<HTML><HEAD>^</HEAD ><BODY>",
                "<head>^</HeaD\n>",
                "<head>^</head\t\r\f>",
                "<head>^</head/>",
                "<head>^</head class='x'>",
                "^</head>",
                "<head><!-- </head> -->^</head>",
                "<head><!-- > -- </head> - - > --->^</head>",
                "<head><!-->^</head>",
                "<head><!--->^</head>",
                "<head><!doctype </head>^</head>",
                "<head><![CDATA[</head>]]>^</head>",
                "<head><?php </head>^</head>",
                "<head></ </head>^</head>",
                "<head></>^</head>",
                "<head><!>^</head>",
                "<head><!->^</head>",
                "<head><script>'</head>'</script>^</head>",
                "<head><script>a < b; '</scriptx>' </ script> '</head>'</SCRIPT >^</head>",
                "<head><script src=x></head><</script>^</head>",
                "<head><script><</script>^</head>",
                "<head><script></s</script>^</head>",
                "<head><style>a:after{content:'</head>'}</style>^</head>",
                "<head><title></head></title>^</head>",
                "<head><textarea></head></title></textarea>^</head>",
                "<head><noscript></head></noscript>^</head>",
                "<head><script><!-- <script> </script> </head> --></script>^</head>",
                "<head><script><!-- <SCRIPT/> </script </head> --></script>^</head>",
                "<head><script><!-- <script> </script></head>",
                "<head><script><!-- <script>--></script>^</head>",
                "<head><script><!-- <script> < /script> <</script> </script>^</head>",
                "<head><script><!-- <scripts> </head> </script>^</head>",
                "<head><script><!-- <sc<script> </script> - -- > </script>^</head>",
                "<head><script><!--></script>^</head>",
                "<head><script><!-<!--<script></script></script>^</head>",
                "<head><script><!<!--<script></script></script>^</head>",
                "<head><script><!-- </script>^</head>",
                "<head><script><!-- </s </script>^</head>",
                "<head><style><!-- <script> </style>^</head>",
                "<head><!-- --!>^</head>",
                "<head><!----!>^</head>",
                "<head><!-- --!- </head> -->^</head>",
                "<head><!-- --!-->^</head>",
                "<head><!--!></head>-->^</head>",
                "<head><!---!></head>-->^</head>",
                "<head><template></head><body></template>^</head>",
                "<head><template><Template></head></template></head></template>^</head>",
                "<head></template><template></head></template>^</head>",
                "<head><templates>^</head>",
                "<head><template><script></template></script></head></template>^</head>",
                "<head><template><body>",
                "<head><meta =\">^</head>",
                "<head><meta =\" =\"</head>\">^</head>",
                "<head><meta a/=\">^</head>",
                "<head><meta a =\"</head>\"=\">^</head>",
                "<head><meta a=b =\">^</head>",
                "<head><meta ==\"</head>\">^</head>",
                "<head><meta content=\"</head>\">^</head>",
                "<head><meta content='</head>' x = \"</head>\" y=</head>^</head>",
                "<head><meta a=>^</head>",
                "<head><meta content=a'b>^</head>",
                "<head><link href=/a/b >^</head>",
                "<head></header></heads></hea></headd></he>^</head>",
                "<head><mytextarea>^</head>",
                "<head>< /head></ head><<^</head>",
                "<head>\u00e9<\u00e9></\u00e9>^</head>",
                "<head>^</head>",
                "<!doctype html><title>t</title>^<body class=x>",
                "^<BODY\n>",
                "^<body></head>",
                "<bodyguard>^<body>",
                "<p>no head</p>",
                "<head>cut off </head",
                "<head>cut off </hea",
                "<head>cut off <bod",
                "<head>cut off <",
                "<head>cut off </",
                "<head><script></head>",
                "<head><!-- </head>",
                "plain",
                "",
            })
    void inserts_before_the_end_of_the_head_however_it_is_split(String page) throws DataFormatException {
        byte[] body = page.replace("^", "").getBytes(ISO_8859_1);
        String expected = page.replace("^", STYLE);
        for (List<ByteBuffer> split : Bodies.splits(body, new Random(page.hashCode()))) {
            byte[] themed = Bodies.through(injector(), split);
            assertEquals(expected, new String(themed, ISO_8859_1), () -> split.toString());
        }
    }

    @Test
    void passes_any_bytes_when_no_tag_is_in_them() throws DataFormatException {
        Random random = new Random(4);
        for (int round = 0; round < 500; round++) {
            byte[] soup = soup(random);
            for (List<ByteBuffer> split : Bodies.splits(soup, random)) {
                byte[] themed = Bodies.through(injector(), split);
                assertArrayEquals(soup, withoutStyle(themed));
            }
        }
    }

    /** Bytes that come one by one are judged one by one; within a chunk, runs of them are skipped. */
    @Test
    void finds_the_same_place_however_tags_are_split() throws DataFormatException {
        Random random = new Random(5);
        int placed = 0;
        for (int round = 0; round < 1_000; round++) {
            byte[] page = tagSoup(random);
            byte[] whole = Bodies.through(injector(), List.of(ByteBuffer.wrap(page)));
            assertEquals(WholePage.themed(new String(page, ISO_8859_1), STYLE), new String(whole, ISO_8859_1));
            for (List<ByteBuffer> split : Bodies.splits(page, random)) {
                assertArrayEquals(
                        whole, Bodies.through(injector(), split), () -> new String(page, ISO_8859_1) + " " + split);
            }
            placed += whole.length > page.length ? 1 : 0;
        }
        assertTrue(placed > 100, "placed " + placed);
    }

    @Test
    void leaves_a_page_in_utf_16_alone() throws DataFormatException {
        byte[] page = "\uFEFF<head></head><body>".getBytes(UTF_16LE);
        assertArrayEquals(page, Bodies.through(injector(), List.of(ByteBuffer.wrap(page))));
    }

    @Test
    void knows_the_length_when_the_style_is_placed() {
        ThemeInjector injector = new ThemeInjector(THEME, OptionalLong.of(100));
        injector.offer(ByteBuffer.wrap("<head>".getBytes(ISO_8859_1)));
        assertEquals(OptionalLong.empty(), injector.length());
        injector.offer(ByteBuffer.wrap("</head>".getBytes(ISO_8859_1)));
        assertEquals(OptionalLong.of(100 + STYLE.length()), injector.length());
    }

    @Test
    void passes_the_chunk_itself_when_the_style_is_placed() {
        ThemeInjector injector = injector();
        injector.offer(ByteBuffer.wrap("</head>".getBytes(ISO_8859_1)));
        assertNotNull(injector.poll());
        assertNotNull(injector.poll());
        assertNull(injector.poll());
        ByteBuffer rest = ByteBuffer.wrap("</head>".getBytes(ISO_8859_1));
        injector.offer(rest);
        assertSame(rest, injector.poll());
        assertNull(injector.poll());
    }

    @Test
    void copies_nothing_when_the_chunk_is_large() throws DataFormatException {
        byte[] page = ("<head></head>" + "x".repeat(80_000)).getBytes(ISO_8859_1);
        ThemeInjector injector = injector();
        injector.offer(ByteBuffer.wrap(page));
        assertEquals("<head>".length(), requireNonNull(injector.poll()).remaining());
        assertEquals(STYLE.length(), requireNonNull(injector.poll()).remaining());
        assertSame(page, requireNonNull(injector.poll()).array());
        assertNull(injector.poll());
    }

    /** The search goes eight bytes at a time. */
    @ParameterizedTest
    @ValueSource(strings = {"", "text", "<style>", "<meta content=\"", "<!doctype "})
    void inserts_at_the_place_when_it_lies_anywhere(String before) throws DataFormatException {
        String end =
                before.equals("<style>") ? "</style>" : before.endsWith("\"") ? "\">" : before.isEmpty() ? "" : ">";
        for (int length = 0; length < 40; length++) {
            String head = before + ";\u00bc=\u0080\u00ff".repeat(8).substring(0, length) + end;
            byte[] page = (head + "</head>").getBytes(ISO_8859_1);
            byte[] themed = Bodies.through(injector(), List.of(ByteBuffer.wrap(page)));
            assertEquals(head + STYLE + "</head>", new String(themed, ISO_8859_1));
        }
    }

    @Test
    void holds_at_most_six_bytes_when_a_chunk_ends_within_a_tag() {
        byte[] page = "<head></head".getBytes(ISO_8859_1);
        for (int end = 1; end <= page.length; end++) {
            ThemeInjector injector = injector();
            injector.offer(ByteBuffer.wrap(page, 0, end));
            ByteBuffer piece = injector.poll();
            int passed = piece == null ? 0 : piece.remaining();
            assertTrue(end - passed <= 6, "held " + (end - passed));
        }
    }

    @Test
    void reads_direct_buffers_alike() throws DataFormatException {
        ByteBuffer chunk = ByteBuffer.allocateDirect(64);
        chunk.put("xx<head></head>".getBytes(ISO_8859_1)).flip().position(2);
        byte[] themed = Bodies.through(injector(), List.of(chunk));
        assertEquals("<head>" + STYLE + "</head>", new String(themed, ISO_8859_1));
    }

    private static ThemeInjector injector() {
        return new ThemeInjector(THEME, OptionalLong.empty());
    }

    private static byte[] tagSoup(Random random) {
        String[] ingredients = {
            "<meta name=",
            "<a ",
            "\"a quoted value\"",
            "'another > one'",
            "content",
            "=",
            " = ",
            "x=y ",
            "\"",
            "'",
            ">",
            "/>",
            "<title>",
            "</title>",
            "<!--",
            "-->",
            "plain text",
            "</head>",
            "<body>",
            "</head",
            "<script>",
            "<script",
            "</script>",
            "<!--",
            "--!>",
            "<template>",
            "</template>",
            "-",
            "/",
            "\n"
        };
        StringBuilder soup = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            soup.append(ingredients[random.nextInt(ingredients.length)]);
        }
        return soup.toString().getBytes(ISO_8859_1);
    }

    private static byte[] soup(Random random) {
        String alphabet = "<>/!-=\"' \nheadHEADbodyscript\u00ff";
        byte[] soup = new byte[random.nextInt(40)];
        for (int i = 0; i < soup.length; i++) {
            soup[i] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
        }
        return soup;
    }

    private static byte[] withoutStyle(byte[] themed) {
        return new String(themed, ISO_8859_1).replace(STYLE, "").getBytes(ISO_8859_1);
    }
}
