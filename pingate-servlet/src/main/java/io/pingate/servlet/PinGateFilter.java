package io.pingate.servlet;

import io.pingate.servlet.head.RequestHead;
import io.pingate.servlet.page.AnswerWriter;
import io.pingate.servlet.page.Audience;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.webapp.ScopedResponse;
import io.pingate.servlet.webapp.WebappView;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody into a webapp, or through a proxy, without the PIN.
 *
 * <p>Map it to {@code /*} as the first of all filters, with asynchronous processing supported: a filter before it that
 * asks for parameters would swallow the sign-in form. It decides once for each request, whichever dispatcher types it is
 * mapped to. It needs nothing but Servlet 6.0 and registers nothing by itself. Settings are init-parameters, context
 * parameters, system properties and environment variables: see {@link Setting}.
 */
public final class PinGateFilter implements Filter {
    private final Duration formTimeout;
    private final @Nullable PinGateSettings given;

    // The container calls init before anything else (Servlet 6.0 section 6.2.1).
    @SuppressWarnings("NullAway.Init")
    private Gatekeeper gatekeeper;

    @SuppressWarnings("NullAway.Init")
    private ProxyServlets proxies;

    @SuppressWarnings("NullAway.Init")
    private String admitted;

    /** Called by the container. */
    public PinGateFilter() {
        this(Gatekeeper.FORM_TIMEOUT);
    }

    /**
     * A filter that goes by these settings, wherever it is. The webapp's other parts find them in the servlet context's
     * {@linkplain PinGateSettings#ATTRIBUTE attribute}.
     *
     * @param settings those of {@link PinGateSettings#loadInContainer}
     */
    public PinGateFilter(PinGateSettings settings) {
        this(Gatekeeper.FORM_TIMEOUT, settings);
    }

    PinGateFilter(Duration formTimeout) {
        this(formTimeout, null);
    }

    private PinGateFilter(Duration formTimeout, @Nullable PinGateSettings given) {
        this.formTimeout = formTimeout;
        this.given = given;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        WebSocketOrder.check(config);
        PinGateSettings settings = given == null
                ? WebappSettings.of(
                        config.getServletContext(), config.getInitParameterNames(), config::getInitParameter)
                : WebappSettings.share(given, config.getServletContext());
        gatekeeper = new Gatekeeper(settings, config.getServletContext().getContextPath());
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
        Gatekeeper.Verdict verdict = gatekeeper.judge(() -> RequestHead.of(request), () -> Audience.of(request));
        if (verdict instanceof Gatekeeper.Verdict.Admitted let) {
            admit(let.admission(), let.setCookie(), request, response);
            pass(let.admission(), request, response, chain);
        } else if (verdict instanceof Gatekeeper.Verdict.FormExpected expected) {
            SignInForm.read(
                    request,
                    response,
                    formTimeout,
                    gatekeeper.errors(),
                    form -> AnswerWriter.write(
                            gatekeeper.tryPin(expected.request(), form).join(), request, response));
        } else if (verdict instanceof Gatekeeper.Verdict.Answered answered) {
            answer(answered, request, response);
        } else if (verdict instanceof Gatekeeper.Verdict.AnsweredLater later) {
            LaterAnswer.write(later.answer(), request, response);
        } else if (verdict instanceof Gatekeeper.Verdict.Probed probed) {
            probed.answer().serve(new ProbedRequest(request, response));
        }
    }

    private static void answer(
            Gatekeeper.Verdict.Answered answered, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (answered.last()) {
            AnswerWriter.write(answered.answer(), response);
        } else {
            AnswerWriter.write(answered.answer(), request, response);
        }
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
        if (gatekeeper != null) {
            gatekeeper.close();
        }
    }

    /** On to the proxy as it is, to everybody else as a webapp is to see it. */
    private void pass(Admission admission, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        WebappView webappView = admission.terms().webappView();
        if (proxies.serve(request)) {
            chain.doFilter(request, response);
        } else if (webappView.isForgedHandshake(request)) {
            AnswerWriter.write(
                    gatekeeper
                            .errors()
                            .answer(Audience.of(request), 400, "A WebSocket handshake can't say who is signed in."),
                    response);
        } else {
            HttpServletResponse scoped = ScopedResponse.of(response, admission.cacheScope());
            chain.doFilter(webappView.of(request, scoped, admission.signedIn()), scoped);
        }
    }
}
