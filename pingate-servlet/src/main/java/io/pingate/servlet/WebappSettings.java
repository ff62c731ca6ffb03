package io.pingate.servlet;

import io.pingate.servlet.settings.SettingsException;
import io.pingate.servlet.settings.SettingsSource;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a webapp finds its settings. */
final class WebappSettings {
    private static final Logger LOG = LoggerFactory.getLogger(WebappSettings.class);

    private WebappSettings() {}

    /**
     * Those that the embedder put into the context's {@linkplain PinGateSettings#ATTRIBUTE attribute}, else what
     * init-parameters, context parameters, system properties and environment say, which then stands there for the
     * others. A filter with init-parameters of its own goes by them.
     *
     * @throws ServletException telling every fault, since containers log its message
     */
    static PinGateSettings of(
            ServletContext context, Enumeration<String> names, Function<String, @Nullable String> initParameters)
            throws ServletException {
        if (!names.hasMoreElements()
                && context.getAttribute(PinGateSettings.ATTRIBUTE) instanceof PinGateSettings settings) {
            return settings;
        }
        List<String> initNames = Collections.list(names);
        return share(read(context, SettingsSource.initParameters(initParameters).with(initNames)), context);
    }

    /** Tells the log what is to be known of settings, and the others in the webapp where to find them. */
    static PinGateSettings share(PinGateSettings settings, ServletContext context) {
        settings.warnings().forEach(LOG::warn);
        LOG.info(settings.pinStrength());
        if (!settings.appLines().isEmpty()) {
            LOG.info("For the program behind the gate:\n{}", String.join("\n", settings.appLines()));
        }
        if (context.getAttribute(PinGateSettings.ATTRIBUTE) == null) {
            context.setAttribute(PinGateSettings.ATTRIBUTE, settings);
        }
        return settings;
    }

    private static PinGateSettings read(ServletContext context, SettingsSource initParameters) throws ServletException {
        try {
            return PinGateSettings.loadInContainer(
                    initParameters,
                    SettingsSource.contextParameters(context::getInitParameter)
                            .with(Collections.list(context.getInitParameterNames())),
                    SettingsSource.systemProperties(),
                    SettingsSource.environment());
        } catch (SettingsException e) {
            throw new ServletException("pingate can't start:\n" + e.getMessage(), e);
        }
    }
}
