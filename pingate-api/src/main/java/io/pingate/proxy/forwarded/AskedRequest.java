package io.pingate.proxy.forwarded;

import io.pingate.http.HeaderFields;
import io.pingate.http.InvalidValueException;
import io.pingate.http.IpAddress;
import io.pingate.http.RequestTarget;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy asks about: the method and the target of a request that it holds, as it tells them in header fields. There is
 * no standard; Caddy and Traefik say {@code X-Forwarded-Method} and {@code X-Forwarded-Uri}, nginx what it is set up to say,
 * mostly {@code X-Original-URI}.
 *
 * <p>A proxy hands the client's own fields on beside those that it sets, so a client can say in one field what the proxy says in
 * another. Where two differ nobody knows who is right, and where only one is there it may be the client's: a target is certain
 * only by the field that the operator has named.
 *
 * @param method the method
 * @param target the target; {@code /} when nobody told
 * @param certain whether it is the proxy's word
 * @param follows whether the proxy hands a redirect on to the client; one that doesn't takes it for an error
 */
public record AskedRequest(String method, RequestTarget target, boolean certain, boolean follows) {
    private static final String FORWARDED_URI = "X-Forwarded-Uri";

    /** The fields by which a target is told. */
    public static final List<String> TARGET_FIELDS = List.of(FORWARDED_URI, "X-Original-URI", "X-Original-URL");

    private static final List<String> METHOD_FIELDS = List.of("X-Forwarded-Method", "X-Original-Method");

    /**
     * Reads what is asked about.
     *
     * @param peer who asks; what it says counts when it is trusted
     * @param fields the fields of its request
     * @param trusted whose word counts
     * @param targetField the one of {@link #TARGET_FIELDS} that the proxy always sets; null when unknown
     * @return what is asked about
     * @throws IllegalArgumentException naming the fields that contradict one another, or the rule that one breaks
     */
    public static AskedRequest of(
            IpAddress peer, HeaderFields fields, TrustedProxies trusted, @Nullable String targetField) {
        HeaderFields believed = trusted.trusts(peer) ? fields : HeaderFields.NONE;
        String target = only(believed, TARGET_FIELDS);
        boolean certain = targetField != null && believed.first(targetField) != null;
        return new AskedRequest(
                method(only(believed, METHOD_FIELDS), certain && FORWARDED_URI.equalsIgnoreCase(targetField)),
                RequestTarget.of(target == null ? "/" : target),
                certain,
                believed.first(FORWARDED_URI) != null);
    }

    /** Proxies that set X-Forwarded-Uri set the method with it. By any other word OPTIONS opens nothing, as it might for CORS. */
    private static String method(@Nullable String told, boolean certain) {
        return told == null || (!certain && told.equalsIgnoreCase("OPTIONS")) ? "GET" : told;
    }

    /** The one thing that some fields say; null when none of them is there. */
    private static @Nullable String only(HeaderFields fields, List<String> names) {
        String said = null;
        for (String name : names) {
            for (String value : fields.all(name)) {
                String one = withoutOrigin(value);
                if (said != null && !said.equals(one)) {
                    throw new InvalidValueException(
                            String.join(", ", names),
                            "must not contradict one another; let the proxy remove the client's own");
                }
                said = one;
            }
        }
        return said;
    }

    /** X-Original-URL is absolute where ingress-nginx sets it. The host is told in a field of its own. */
    private static String withoutOrigin(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
            return value;
        }
        int path = value.indexOf('/', value.indexOf("://") + 3);
        return path < 0 ? "/" : value.substring(path);
    }
}
