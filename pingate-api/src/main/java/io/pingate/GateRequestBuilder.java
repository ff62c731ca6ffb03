package io.pingate;

import io.pingate.http.HeaderFields;
import io.pingate.http.InvalidValueException;
import io.pingate.http.IpAddress;
import io.pingate.http.RequestTarget;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link GateRequest} of the texts that a server hands over. Method and target have no default.
 *
 * <p>Every text may come off the wire: what {@link #build} throws means that the request is to be answered with 400.
 */
public final class GateRequestBuilder {
    private static final String NOBODY = "0.0.0.0";

    private @Nullable String method;
    private @Nullable String target;
    private HeaderFields headers = HeaderFields.NONE;
    private String client = NOBODY;
    private String scheme = "http";
    private @Nullable String host;

    GateRequestBuilder() {}

    /**
     * Sets the method.
     *
     * @param method a token, case-sensitive (RFC 9110 section 9.1), as in {@code GET}
     * @return this
     */
    public GateRequestBuilder method(String method) {
        this.method = method;
        return this;
    }

    /**
     * Sets the request target: path and query exactly as they will be forwarded, neither decoded nor normalised. The gate
     * is only as strict as this is true.
     *
     * @param target origin-form (RFC 9112 section 3.2.1), as in {@code /a%2Fb?q=1}; at most 16,384 bytes, one char for each
     * @return this
     */
    public GateRequestBuilder target(String target) {
        this.target = target;
        return this;
    }

    /**
     * Sets the header fields; none by default. The gate reads its cookie from here, and tells pages from calls and its own
     * forms from those of other sites.
     *
     * @param headers all that the client sent
     * @return this
     */
    public GateRequestBuilder headers(HeaderFields headers) {
        this.headers = headers;
        return this;
    }

    /**
     * Sets the client's address, which the throttle counts. By default it is {@code 0.0.0.0}: all clients without an
     * address share one client's tries.
     *
     * @param client an IPv4 or IPv6 address; a zone, brackets and a port are dropped
     * @return this
     */
    public GateRequestBuilder client(String client) {
        this.client = client;
        return this;
    }

    /**
     * Sets the scheme on the client's side; {@code http} by default. With {@code https} the cookie is {@code Secure}.
     *
     * @param scheme {@code http} or {@code https}, in any case
     * @return this
     */
    public GateRequestBuilder scheme(String scheme) {
        this.scheme = scheme;
        return this;
    }

    /**
     * Sets the host on the client's side, with which the Origin of a form is compared. By default it is the Host field
     * (RFC 9110 section 7.2), and unknown when there is not exactly one. For HTTP/2 it is {@code :authority}.
     *
     * @param host {@code host} or {@code host:port}; empty when unknown, and then no form with an Origin is accepted
     * @return this
     */
    public GateRequestBuilder host(String host) {
        this.host = host;
        return this;
    }

    /**
     * Builds the request.
     *
     * @return the request
     * @throws IllegalArgumentException naming the parameter and its rule, never a value that may be private
     */
    public GateRequest build() {
        return new GateRequest(
                Required.value("method", method),
                RequestTarget.of(Required.value("target", target)),
                headers,
                IpAddress.parse(client)
                        .orElseThrow(() -> new InvalidValueException("client", "must be an IPv4 or IPv6 address")),
                httpScheme(scheme),
                host == null ? namedHost(headers) : host);
    }

    private static String httpScheme(String scheme) {
        String lower = scheme.toLowerCase(Locale.ROOT);
        if (!lower.equals("http") && !lower.equals("https")) {
            throw new InvalidValueException("scheme", "must be http or https");
        }
        return lower;
    }

    private static String namedHost(HeaderFields headers) {
        List<String> fields = headers.all("Host");
        return fields.size() == 1 ? fields.get(0) : "";
    }
}
