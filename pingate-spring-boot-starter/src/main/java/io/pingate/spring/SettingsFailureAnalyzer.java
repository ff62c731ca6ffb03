package io.pingate.spring;

import io.pingate.servlet.settings.SettingsException;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a few lines what is wrong with the settings, in place of a stack trace. No fault carries a secret's value. */
final class SettingsFailureAnalyzer extends AbstractFailureAnalyzer<SettingsException> {
    @Override
    protected FailureAnalysis analyze(Throwable failure, SettingsException cause) {
        return new FailureAnalysis(
                "pingate can't start with these settings:\n\n"
                        + cause.faults().stream()
                                .map(fault -> "    " + PropertyName.inFault(fault))
                                .collect(Collectors.joining("\n")),
                "Write them in application.yml or application.properties, as environment variables"
                        + " (pingate.pin is PINGATE_PIN) or on the command line (--pingate.pin=...)."
                        + " With pingate.enabled=false the application is open, and starts without them.",
                cause);
    }
}
