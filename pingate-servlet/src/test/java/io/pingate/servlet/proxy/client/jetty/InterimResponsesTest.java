package io.pingate.servlet.proxy.client.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** What goes out in front of a response, and when, on a Jetty that takes its time. */
class InterimResponsesTest {
    private static final HttpFields EXPECT = HttpFields.from(new HttpField(HttpHeader.EXPECT, "100-continue"));

    private final List<String> sent = new ArrayList<>();
    private final List<CompletableFuture<Void>> underWay = new ArrayList<>();
    private final SlowStream stream = new SlowStream();
    private final InterimResponses interims = interims(HttpFields.EMPTY);

    @Test
    void interims_go_out_one_after_the_other() {
        interims.pass(102, HttpFields.EMPTY);
        interims.pass(103, HttpFields.EMPTY);
        assertEquals(List.of("102"), sent);
        next();
        assertEquals(List.of("102", "103"), sent);
        assertFalse(interims.areOut());
        next();
        assertTrue(interims.areOut());
    }

    @Test
    void response_waits_when_an_interim_is_under_way() {
        interims.pass(103, HttpFields.EMPTY);
        interims.endThen(() -> sent.add("response"));
        assertEquals(List.of("103"), sent);
        next();
        assertEquals(List.of("103", "response"), sent);
    }

    @Test
    void response_follows_when_an_interim_could_not_be_written() {
        interims.pass(103, HttpFields.EMPTY);
        interims.endThen(() -> sent.add("response"));
        underWay.remove(0).completeExceptionally(new IOException("gone"));
        assertEquals(List.of("103", "response"), sent);
    }

    @Test
    void nothing_is_passed_on_when_the_response_has_begun() {
        InterimResponses waiting = interims(EXPECT);
        waiting.endThen(() -> sent.add("response"));
        waiting.pass(103, HttpFields.EMPTY);
        waiting.continueThen(() -> sent.add("body"));
        assertEquals(List.of("response", "body"), sent);
    }

    /** Two writes at once would cost the client its answer. */
    @Test
    void continue_waits_when_an_interim_is_under_way() {
        InterimResponses waiting = interims(EXPECT);
        waiting.pass(103, HttpFields.EMPTY);
        waiting.continueThen(() -> sent.add("body"));
        waiting.endThen(() -> sent.add("response"));
        assertEquals(List.of("103"), sent);
        next();
        assertEquals(List.of("103", "100"), sent);
        next();
        assertEquals(List.of("103", "100", "body", "response"), sent);
        waiting.continueThen(() -> sent.add("more"));
        assertEquals("more", sent.get(4));
    }

    private void next() {
        underWay.remove(0).complete(null);
    }

    private InterimResponses interims(HttpFields fields) {
        HttpStream[] wrapped = {stream};
        MetaData.Request head =
                new MetaData.Request("POST", HttpURI.from("http://gate.test/"), HttpVersion.HTTP_1_1, fields);
        Request request = saying(Request.class, (name, arguments) -> {
            if (name.equals("addHttpStreamWrapper")) {
                @SuppressWarnings("unchecked")
                Function<HttpStream, HttpStream> wrapper = (Function<HttpStream, HttpStream>) arguments[0];
                wrapped[0] = wrapper.apply(wrapped[0]);
                return null;
            }
            return name.equals("getHeaders") ? fields : null;
        });
        Response response = saying(Response.class, (name, arguments) -> written(head, (int) arguments[0], wrapped[0]));
        return new InterimResponses(request, response);
    }

    // To whoever asks the response to write.
    @SuppressWarnings("FutureReturnValueIgnored")
    private static Object written(MetaData.Request head, int status, HttpStream to) {
        Callback.Completable written = new Callback.Completable();
        to.send(
                head,
                new MetaData.Response(status, null, HttpVersion.HTTP_1_1, HttpFields.EMPTY),
                false,
                null,
                written);
        return written;
    }

    private interface Answers {
        Object to(String name, Object[] arguments);
    }

    private static <T> T saying(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.to(method.getName(), arguments)));
    }

    private final class SlowStream extends HttpStream.Wrapper {
        private SlowStream() {
            super(saying(HttpStream.class, (name, arguments) -> null));
        }

        @Override
        public void send(
                MetaData.Request request,
                MetaData.Response response,
                boolean last,
                ByteBuffer content,
                Callback callback) {
            sent.add(Integer.toString(response.getStatus()));
            CompletableFuture<Void> writing = new CompletableFuture<>();
            var unused = writing.whenComplete((done, failure) -> {
                if (failure == null) {
                    callback.succeeded();
                } else {
                    callback.failed(failure);
                }
            });
            underWay.add(writing);
        }
    }
}
