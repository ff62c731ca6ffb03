package io.pingate.servlet.handler;

import io.pingate.http.HeaderFields;
import io.pingate.servlet.Admission;
import io.pingate.servlet.Gatekeeper;
import io.pingate.servlet.Gatekeeper.Verdict;
import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.head.JettyHead;
import io.pingate.servlet.page.Answer;
import io.pingate.servlet.page.Audience;
import io.pingate.servlet.proxy.UpstreamProxy;
import io.pingate.servlet.proxy.client.ClientExchange;
import io.pingate.servlet.proxy.client.jetty.ClientWatch;
import io.pingate.servlet.proxy.client.jetty.JettyAnswer;
import io.pingate.servlet.proxy.client.jetty.JettyExchange;
import io.pingate.servlet.proxy.upstream.JettyFields;
import io.pingate.servlet.proxy.upstream.SharedSelectors;
import io.pingate.servlet.proxy.upstream.UpstreamConnector;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.Graceful;
import org.jspecify.annotations.Nullable;

/**
 * The gate and its proxy as one handler of a Jetty server, without servlets: what a filter and a servlet are in a
 * container, by the same rules.
 *
 * <p>It never blocks, so that a selector's thread may go all the way with a request: what takes time is handed to another
 * (the hash of a PIN, files), or asks to be called again (a form that is still on its way, both sides of an exchange).
 */
public final class PinGateHandler extends Handler.Abstract.NonBlocking implements Graceful {
    private final PinGateSettings settings;
    private final Consumer<Request> whenAdmitted;
    private final Duration formTimeout;
    private @Nullable Running running;

    /** What there is between start and stop. */
    private record Running(Gatekeeper gatekeeper, ClientConnector connector, ClientWatch watch, UpstreamProxy proxy) {}

    /**
     * A handler that is not started yet.
     *
     * @param settings what the gate and the proxy go by
     * @param whenAdmitted hears of each request that was let through, before anything is done with it
     */
    public PinGateHandler(PinGateSettings settings, Consumer<Request> whenAdmitted) {
        this(settings, whenAdmitted, Gatekeeper.FORM_TIMEOUT);
    }

    PinGateHandler(PinGateSettings settings, Consumer<Request> whenAdmitted, Duration formTimeout) {
        this.settings = settings;
        this.whenAdmitted = whenAdmitted;
        this.formTimeout = formTimeout;
    }

    @Override
    protected void doStart() throws Exception {
        settings.lookElsewhere(getServer().getThreadPool());
        ClientConnector connector =
                new UpstreamConnector(getServer().getThreadPool(), settings.connectTimeout(), selectors());
        addManaged(connector.getScheduler());
        addManaged(connector);
        ClientWatch watch = new ClientWatch(connector.getScheduler());
        watch.start();
        running =
                new Running(new Gatekeeper(settings, ""), connector, watch, new UpstreamProxy(settings, connector, ""));
        super.doStart();
    }

    private @Nullable SharedSelectors selectors() {
        for (Connector connector : getServer().getConnectors()) {
            if (connector instanceof SharedSelectors shared) {
                return shared;
            }
        }
        return null;
    }

    @Override
    protected void doStop() throws Exception {
        Running stopping = running;
        running = null;
        if (stopping != null) {
            stopping.proxy.close();
            stopping.watch.stop();
            stopping.gatekeeper.close();
        }
        super.doStop();
        if (stopping != null) {
            removeBean(stopping.connector);
            removeBean(stopping.connector.getScheduler());
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        Running now = Objects.requireNonNull(running, "not started");
        Verdict verdict = now.gatekeeper.judge(() -> JettyHead.of(request), () -> audience(request));
        if (verdict instanceof Verdict.Admitted admitted) {
            whenAdmitted.accept(request);
            if (admitted.setCookie() != null) {
                response.getHeaders().add(HttpHeader.SET_COOKIE, admitted.setCookie());
            }
            pass(now, admitted.admission(), request, response, callback);
        } else if (verdict instanceof Verdict.FormExpected expected) {
            FormReader.read(
                    request,
                    response,
                    callback,
                    formTimeout,
                    now.gatekeeper.errors(),
                    form -> now.gatekeeper.tryPin(expected.request(), form));
        } else if (verdict instanceof Verdict.Answered answered) {
            JettyAnswer.write(answered.answer(), request, answered.last(), response, callback);
        } else if (verdict instanceof Verdict.AnsweredLater later) {
            var unused =
                    later.answer().thenAccept(answer -> JettyAnswer.write(answer, request, false, response, callback));
        } else if (verdict instanceof Verdict.Probed probed) {
            new ProbedRequest(request, response).serve(probed.answer(), callback);
        }
        return true;
    }

    /** The sender of any request, also of one that can't be read. */
    static Audience audience(Request request) {
        String path = Objects.requireNonNullElse(request.getHttpURI().getPath(), "");
        HeaderFields fields = new JettyFields(request.getHeaders());
        return Audience.of(request.getMethod(), fields, path, Objects.requireNonNullElse(fields.first("Host"), ""));
    }

    private static void pass(Running now, Admission admission, Request request, Response response, Callback callback)
            throws IOException {
        now.proxy.serve(admission, new UpstreamProxy.Door() {
            @Override
            public void answer(Answer answer) {
                JettyAnswer.write(answer, request, false, response, callback);
            }

            @Override
            public ClientExchange exchange() {
                return JettyExchange.of(request, response, callback, now.watch);
            }

            @Override
            public boolean isExtendedConnect() {
                return request.getAttribute(ClientExchange.HTTP2_WEBSOCKET) != null;
            }
        });
    }

    /** Open WebSockets are no requests, and nobody else tells them. */
    @Override
    public CompletableFuture<Void> shutdown() {
        Running now = running;
        return now == null
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(now.proxy::endTunnels, getServer().getThreadPool());
    }

    @Override
    public boolean isShutdown() {
        return running == null;
    }
}
