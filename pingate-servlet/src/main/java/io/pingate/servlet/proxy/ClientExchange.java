package io.pingate.servlet.proxy;

import io.pingate.HeaderFields;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The client's half of one exchange: all that the proxy asks of the container, in one asynchronous shape.
 *
 * <p>Nothing here blocks. A call to {@link #write} is followed by the next one only after its callback; the head
 * goes out with the first write.
 */
interface ClientExchange {
    /** The request's fields, in the order and with the bytes that the container still knows. */
    HeaderFields headers();

    /** The request's body, or null when there is none. */
    @Nullable
    ClientBody body();

    /**
     * Sends an interim response right away (RFC 9110, section 15.2), where the container can; otherwise, to a client of
     * HTTP/1.0, and when the head is on its way already, nothing. None is promised to arrive.
     *
     * @param status from 102 to 199; a container writes {@code 100 Continue} by itself
     * @param fields writes every field to the sink that it is given
     */
    void interim(int status, Consumer<BiConsumer<String, String>> fields);

    /** Whether trailers reach the client: it speaks HTTP/2, or has said that it reads them (RFC 9110, section 10.1.4). */
    boolean takesTrailers();

    /**
     * Sets the response's head; it is sent with the first {@link #write}, or at the end. A head without a Content-Length
     * leaves room for {@link #trailers} to a client that takes them.
     *
     * @param fields writes every field to the sink that it is given
     */
    void head(int status, Consumer<BiConsumer<String, String>> fields);

    /** Writes these bytes, and the head if it is still here, through to the network. An empty buffer just flushes. */
    void write(ByteBuffer bytes, Callback callback);

    /**
     * Sets the fields that come behind the body. To be called before {@link #complete}; without effect on a client that
     * doesn't take them, and in HTTP/1.1 on a body with a Content-Length.
     *
     * @param fields writes every field to the sink that it is given
     */
    void trailers(Consumer<BiConsumer<String, String>> fields);

    /** True when the head is on its way, so that no other answer can be given any more. */
    boolean isCommitted();

    /** Ends the response in good order. */
    void complete();

    /**
     * Ends the exchange with an answer of the gate's own, which nothing has been written before.
     *
     * @param writing writes it to the servlet's response, which has been reset
     */
    void answer(Runnable writing);

    /**
     * Ends the exchange with its head, a 101, and hands the connection over to the tunnel; when the client doesn't get
     * it any more, the tunnel is broken off.
     */
    void switchProtocols(Tunnel tunnel);

    /** Cuts the response short in such a way that the client notices (RFC 9112, section 8). */
    void abort(Throwable cause);

    /** Calls {@code action} once, on any thread, when it turns out that the client has gone before the end. */
    void whenClientLeaves(Consumer<Throwable> action);

    /**
     * Whether a client takes trailers.
     *
     * @param te the values of its TE
     */
    static boolean takesTrailers(HttpVersion version, List<String> te) {
        return version.getVersion() >= HttpVersion.HTTP_2.getVersion()
                || (version == HttpVersion.HTTP_1_1
                        && te.stream()
                                .flatMap(value -> Stream.of(value.split(",")))
                                .anyMatch(coding -> coding.strip().equalsIgnoreCase("trailers")));
    }
}
