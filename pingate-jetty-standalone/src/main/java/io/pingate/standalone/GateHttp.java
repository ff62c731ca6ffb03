package io.pingate.standalone;

import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;

/** What the gate takes for HTTP: strict where requests are framed, open where an upstream's own paths are concerned. */
final class GateHttp {
    /** 32 KiB of fields are promised; the request line and what a proxy in front adds come on top. Then 431. */
    static final int MAX_HEAD_BYTES = 40 * 1024;

    /**
     * Refuses whatever two parsers could read differently (RFC 9112 sections 5, 6.3 and 11.2): folded lines, a bare LF,
     * Content-Length twice or with Transfer-Encoding. Field names keep the letters that the client wrote. A target in absolute
     * form may name another host than the Host field, which then doesn't count (RFC 9112 section 3.2.2).
     */
    private static final HttpCompliance FRAMING = HttpCompliance.STRICT.with(
            "PINGATE",
            HttpCompliance.Violation.CASE_SENSITIVE_FIELD_NAME,
            HttpCompliance.Violation.MISMATCHED_AUTHORITY);

    /**
     * Paths are the upstream's, and reach it byte for byte. A fragment never belongs into a request target (RFC 9112
     * section 3.2) and would be lost on the way; user information is a way to fake an authority.
     */
    private static final UriCompliance ANY_PATH = new UriCompliance("PINGATE", anyPath());

    private GateHttp() {}

    /** {@code scheme} is that of all connections. */
    static HttpConfiguration configuration(HttpScheme scheme) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // The upstream has its own Date; two are one too many.
        http.setSendDateHeader(false);
        http.setRequestHeaderSize(MAX_HEAD_BYTES);
        http.setMaxResponseHeaderSize(MAX_HEAD_BYTES);
        http.setHttpCompliance(FRAMING);
        http.setUriCompliance(ANY_PATH);
        // Otherwise a connection's cookies and tokens are taken for earlier ones that differ in case alone.
        http.setHeaderCacheCaseSensitive(true);
        http.addCustomizer(new OwnScheme(scheme));
        return http;
    }

    private static Set<UriCompliance.Violation> anyPath() {
        Set<UriCompliance.Violation> violations = EnumSet.allOf(UriCompliance.Violation.class);
        violations.remove(UriCompliance.Violation.FRAGMENT);
        violations.remove(UriCompliance.Violation.USER_INFO);
        return violations;
    }
}
