package io.pingate.servlet.proxy.client.tomcat;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import java.lang.reflect.Field;
import org.apache.catalina.connector.Response;
import org.apache.catalina.connector.ResponseFacade;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's response below the Servlet API, which its facade hides: there alone a Content-Type keeps its bytes, and a
 * connection can be cut without the help of the host's ErrorReportValve.
 */
final class CoyoteResponse {
    private static final @Nullable Field BEHIND_FACADE = behindFacade();

    private CoyoteResponse() {}

    private static @Nullable Field behindFacade() {
        try {
            Field field = ResponseFacade.class.getDeclaredField("response");
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException | RuntimeException hidden) {
            return null;
        }
    }

    /** Whether this Tomcat lets its responses be seen; as a named module it doesn't. */
    static boolean isSeen() {
        return BEHIND_FACADE != null;
    }

    /** The response behind a servlet's, or null when it isn't seen. */
    static org.apache.coyote.@Nullable Response of(ServletResponse response) {
        ServletResponse innermost = response;
        while (innermost instanceof ServletResponseWrapper wrapper) {
            innermost = wrapper.getResponse();
        }
        try {
            return BEHIND_FACADE != null
                            && innermost instanceof ResponseFacade
                            && BEHIND_FACADE.get(innermost) instanceof Response behind
                    ? behind.getCoyoteResponse()
                    : null;
        } catch (IllegalAccessException e) {
            return null;
        }
    }

    /** Adds a Content-Type as it is; Tomcat's own call takes it apart and writes it anew. */
    static void addContentType(org.apache.coyote.Response response, String value) {
        response.getMimeHeaders().addValue("Content-Type").setString(value);
    }

    /** Ends the connection (over HTTP/2, the stream) with what was written so far; for a thread of the container's. */
    static void cut(org.apache.coyote.Response response) {
        response.action(ActionCode.CLOSE_NOW, null);
    }
}
