package io.pingate.servlet.proxy;

import java.io.IOException;
import org.apache.coyote.CloseNowException;

/** Tomcat with its classes in sight. Named only after {@link Containers} has seen that they are there. */
final class TomcatContainer extends ServletContainer {
    @Override
    Class<? extends TunnelUpgrade> upgrade() {
        return TomcatEnd.Upgrade.class;
    }

    /** The one exception that Tomcat doesn't log as an error of the servlet's. */
    @Override
    IOException cut() {
        return new CloseNowException("the response was cut short");
    }
}
