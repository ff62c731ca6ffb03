package io.pingate.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The proxy can't work in this application; says why, and what to do. */
final class ProxyUnavailableException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final String action;

    ProxyUnavailableException(String description, String action) {
        super(description);
        this.action = action;
    }

    /** Tells it in Spring Boot's way. */
    static final class Analyzer extends AbstractFailureAnalyzer<ProxyUnavailableException> {
        @Override
        protected FailureAnalysis analyze(Throwable failure, ProxyUnavailableException cause) {
            return new FailureAnalysis(cause.getMessage(), cause.action, cause);
        }
    }
}
