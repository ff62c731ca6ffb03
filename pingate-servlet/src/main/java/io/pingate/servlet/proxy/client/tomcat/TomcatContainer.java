package io.pingate.servlet.proxy.client.tomcat;

import io.pingate.servlet.proxy.Containers;
import io.pingate.servlet.proxy.client.TunnelUpgrade;
import io.pingate.servlet.proxy.client.servlet.ServletContainer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.apache.coyote.CloseNowException;
import org.apache.coyote.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tomcat with its classes in sight. Named only after {@link Containers} has seen that they are there. */
public final class TomcatContainer extends ServletContainer {
    private static final Logger LOG = LoggerFactory.getLogger(TomcatContainer.class);

    public TomcatContainer(Executor executor) {
        super(executor);
        if (!CoyoteResponse.isSeen()) {
            LOG.warn("Tomcat hides its responses, so that one which breaks off is cut only if the host has its"
                    + " ErrorReportValve; start Java with --add-opens for org.apache.catalina.connector");
        }
    }

    @Override
    protected Class<? extends TunnelUpgrade> upgrade() {
        return TomcatEnd.Upgrade.class;
    }

    @Override
    protected BiConsumer<String, String> fields(HttpServletResponse response) {
        Response coyote = CoyoteResponse.of(response);
        return coyote == null
                ? super.fields(response)
                : (name, value) -> {
                    if (name.equalsIgnoreCase("Content-Type")) {
                        CoyoteResponse.addContentType(coyote, value);
                    } else {
                        response.addHeader(name, value);
                    }
                };
    }

    /** The exception is the one that Tomcat doesn't log as an error of the servlet's. */
    @Override
    protected IOException cut(HttpServletResponse response) {
        Response coyote = CoyoteResponse.of(response);
        if (coyote != null) {
            CoyoteResponse.cut(coyote);
        }
        return new CloseNowException("the response was cut short");
    }
}
