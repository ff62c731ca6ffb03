package io.pingate.servlet;

import io.pingate.Decision;
import io.pingate.PinGate;
import io.pingate.http.HeaderFields;
import io.pingate.proxy.ErrorShape;
import io.pingate.proxy.Route;
import io.pingate.servlet.head.HeadTooLargeException;
import io.pingate.servlet.page.Answer;
import io.pingate.servlet.page.AnswerWriter;
import io.pingate.servlet.page.Answers;
import io.pingate.servlet.page.Audience;
import io.pingate.servlet.page.ForeignFormLog;
import io.pingate.servlet.page.GatePages;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.webapp.ScopedResponse;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets nobody into a webapp, or through a proxy, without the PIN.
 *
 * <p>Map it to {@code /*} as the first of all filters, with asynchronous processing supported: a filter before it that
 * asks for parameters would swallow the sign-in form. It decides once for each request, whichever dispatcher types it is
 * mapped to. It needs nothing but Servlet 6.0 and registers nothing by itself. Settings are init-parameters, context
 * parameters, system properties and environment variables: see {@link Setting}.
 */
public final class PinGateFilter implements Filter {
    /** For a few hundred bytes over the worst of mobile networks. */
    private static final Duration FORM_TIMEOUT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(PinGateFilter.class);

    private final Clock clock = Clock.systemUTC();
    private final Duration formTimeout;

    // The container calls init before anything else (Servlet 6.0 section 6.2.1).
    @SuppressWarnings("NullAway.Init")
    private PinGateSettings settings;

    @SuppressWarnings("NullAway.Init")
    private CurrentGate gate;

    @SuppressWarnings("NullAway.Init")
    private Answers answers;

    private final ForeignFormLog foreignForms = new ForeignFormLog(System::nanoTime, LOG::warn);

    @SuppressWarnings("NullAway.Init")
    private ProxyServlets proxies;

    @SuppressWarnings("NullAway.Init")
    private String admitted;

    /** Called by the container. */
    public PinGateFilter() {
        this(FORM_TIMEOUT);
    }

    PinGateFilter(Duration formTimeout) {
        this.formTimeout = formTimeout;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        WebSocketOrder.check(config);
        String contextPath = config.getServletContext().getContextPath();
        settings =
                WebappSettings.of(config.getServletContext(), config.getInitParameterNames(), config::getInitParameter);
        gate = new CurrentGate(settings, contextPath);
        PinGate policy = gate.now().policy();
        answers = new Answers(
                new GatePages(policy.paths(), settings.pinIsDigits(), policy.sessionLifetime()), contextPath);
        proxies = ProxyServlets.in(config.getServletContext());
        // By the filter's name: two gates may guard one webapp, each with a PIN of its own.
        admitted = PinGateFilter.class.getName() + ".admitted." + config.getFilterName();
    }

    @Override
    public void doFilter(ServletRequest incoming, ServletResponse outgoing, FilterChain chain)
            throws IOException, ServletException {
        if (!(incoming instanceof HttpServletRequest request) || !(outgoing instanceof HttpServletResponse response)) {
            throw new ServletException("pingate guards HTTP only");
        }
        if (request.getAttribute(admitted) instanceof Admission earlier) {
            // A later dispatch of a request that was let through: asynchronous, to another servlet or to an error page.
            pass(earlier, request, response, chain);
            return;
        }
        ClientRequest client;
        try {
            client = ClientRequest.of(request, settings.forwarded());
        } catch (IllegalArgumentException e) {
            // Whoever can't be understood here may mean something else by what follows, too.
            int status = e instanceof HeadTooLargeException ? 431 : 400;
            Answer answer =
                    GatePages.error(Audience.of(request), status, "This request can't be read: " + e.getMessage());
            AnswerWriter.write(answer.with("Connection", "close"), response);
            return;
        }
        guard(client, request, response, chain);
    }

    private void guard(
            ClientRequest client, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Route route = settings.routes().of(client.gate().target());
        Optional<HeaderFields> unasked =
                route.unaskedAnswer(client.gate().method(), client.gate().headers());
        if (unasked.isPresent()) {
            AnswerWriter.write(Answer.noContent(unasked.get()), response);
            return;
        }
        CurrentGate.Version now = gate.now();
        Decision decision = now.policy().decide(client.gate(), clock.instant());
        if (decision instanceof Decision.Admit admit) {
            Admission admission = new Admission(
                    client.gate().target(),
                    client.gate().headers(),
                    client.forwarding(),
                    admit.signedIn(),
                    admit.setCookie() != null,
                    now.mark());
            admit(admission, admit.setCookie(), request, response);
            pass(admission, request, response, chain);
        } else if (decision instanceof Decision.TryPin) {
            SignInForm.read(request, response, formTimeout, form -> {
                PinGate policy = gate.now().policy();
                Decision judged =
                        PlatformThread.call("pingate-pin", () -> policy.tryPin(client.gate(), form, clock.instant()));
                answer(judged, client, HeaderFields.NONE, ErrorShape.PLAIN, request, response);
            });
        } else {
            HeaderFields fields = route.answerFields(client.gate().headers());
            answer(decision, client, fields, route.errors(), request, response);
        }
    }

    private void answer(
            Decision decision,
            ClientRequest client,
            HeaderFields more,
            ErrorShape shape,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        foreignForms.note(decision);
        Answer answer = answers.of(decision, Audience.of(client.gate()), shape).with(more);
        AnswerWriter.write(answer, request, response);
    }

    private void admit(
            Admission admission, @Nullable String setCookie, HttpServletRequest request, HttpServletResponse response) {
        request.setAttribute(admitted, admission);
        admission.attachTo(request);
        if (setCookie != null) {
            response.addHeader("Set-Cookie", setCookie);
        }
    }

    /** Called by some containers even when {@link #init} has failed. */
    @Override
    public void destroy() {
        if (gate != null) {
            gate.close();
        }
    }

    /** On to the proxy as it is, to everybody else as a webapp is to see it. */
    private void pass(Admission admission, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (proxies.serve(request)) {
            chain.doFilter(request, response);
        } else if (settings.webappView().isForgedHandshake(request)) {
            AnswerWriter.write(
                    GatePages.error(Audience.of(request), 400, "A WebSocket handshake can't say who is signed in."),
                    response);
        } else {
            HttpServletResponse scoped = ScopedResponse.of(response, admission.cacheScope());
            chain.doFilter(settings.webappView().of(request, response, admission.signedIn()), scoped);
            if (scoped instanceof ScopedResponse unfinished && !request.isAsyncStarted()) {
                unfinished.finish();
            }
        }
    }
}
