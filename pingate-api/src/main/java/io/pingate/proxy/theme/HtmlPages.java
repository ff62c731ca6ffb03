package io.pingate.proxy.theme;

import io.pingate.http.HeaderFields;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the responses that show an HTML page from all others. */
final class HtmlPages {
    /** No content, or a part of it whose offsets a change would falsify. */
    private static final Set<Integer> WITHOUT_PAGE = Set.of(204, 205, 206, 304);

    private static final Pattern CHARSET =
            Pattern.compile(";[ \\t]*charset[ \\t]*=[ \\t]*\"?([^\";]*)", Pattern.CASE_INSENSITIVE);
    /**
     * Encodings in which the bytes of ASCII text mean something else, by their labels. A browser takes an unknown label
     * for windows-1252 (Encoding section 4.2), so what isn't listed is fine.
     */
    private static final Pattern NOT_ASCII_BASED = Pattern.compile(
            "utf-?(16|32|7).*|(cs)?unicode.*|(cs)?ucs-?[24].*|(cs)?iso-10646.*|(cs)?iso-?2022-?.*|(cs)?hz-?gb.*"
                    + "|replacement|.*ebcdic.*|(ibm|cp)-?(037|0?500|1047|11[4-9][0-9])");

    private HtmlPages() {}

    static boolean includes(int status, HeaderFields upstream) {
        List<String> types = upstream.all("Content-Type");
        return types.size() == 1
                && isReadableHtml(types.get(0))
                && status >= 200
                && !WITHOUT_PAGE.contains(status)
                && !"0".equals(upstream.first("Content-Length"))
                && !isDownload(upstream);
    }

    private static boolean isReadableHtml(String contentType) {
        int end = contentType.indexOf(';');
        String type = end < 0 ? contentType : contentType.substring(0, end);
        return type.strip().equalsIgnoreCase("text/html") && (end < 0 || isAsciiBased(contentType.substring(end)));
    }

    private static boolean isAsciiBased(String parameters) {
        Matcher charset = CHARSET.matcher(parameters);
        return !charset.find()
                || !NOT_ASCII_BASED
                        .matcher(charset.group(1).strip().toLowerCase(Locale.ROOT))
                        .matches();
    }

    /** A file that the user saves is his data, not a page (RFC 6266 section 4.2). */
    private static boolean isDownload(HeaderFields upstream) {
        String disposition = upstream.first("Content-Disposition");
        return disposition != null
                && disposition.strip().toLowerCase(Locale.ROOT).startsWith("attachment");
    }
}
