package io.pingate.servlet.proxy.upstream;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;

/**
 * What a request hears of its upstream: any number of interim responses, then one of the other three. Nothing here may
 * block.
 */
public interface UpstreamListener {
    /**
     * An interim response other than {@code 100 Continue} has come (RFC 9110, section 15.2).
     *
     * @param status from 102 to 199
     * @param fields its fields
     */
    void interim(int status, HttpFields fields);

    /**
     * The head of the final response has come. Its body is read from it, to the end or to a failure.
     *
     * @param response the response
     */
    void head(UpstreamResponse response);

    /**
     * The upstream has switched protocols, as it was asked to. The connection is the listener's from here on; it holds
     * the bytes that came behind the head, for whoever {@linkplain EndPoint#upgrade takes it over}.
     *
     * @param fields the fields of the 101
     * @param endPoint the connection
     */
    void switched(HttpFields fields, EndPoint endPoint);

    /**
     * No response comes any more.
     *
     * @param cause why
     * @param stale whether the request met a kept connection that the upstream had given up by then, and may have been
     *     lost unread (RFC 9112, section 9.3.1)
     */
    void failed(Throwable cause, boolean stale);
}
