package io.pingate.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sees to it that no WebSocket gets past the gate on Jetty, which serves a webapp's own endpoints by a filter that puts
 * itself before those of web.xml: a handshake would reach them without a PIN.
 */
final class WebSocketOrder {
    private static final String UPGRADE_FILTER = ".WebSocketUpgradeFilter";

    private WebSocketOrder() {}

    /** Refuses to start behind Jetty's filter. */
    static void check(FilterConfig gate) throws ServletException {
        for (String filter : mappedFilters(gate.getServletContext())) {
            if (filter.equals(gate.getFilterName())) {
                return;
            }
            if (filter.endsWith(UPGRADE_FILTER)) {
                throw new ServletException(
                        "pingate can't start: Jetty's WebSocketUpgradeFilter stands before the filter \""
                                + gate.getFilterName()
                                + "\", so this application's WebSockets would be open without a PIN; "
                                + "register PinGateFilter from a ServletContextListener, by "
                                + "addMappingForUrlPatterns(types, false, \"/*\")");
            }
        }
    }

    /** In the order in which they are asked. By reflection, since a webapp doesn't see the classes of its server. */
    private static List<String> mappedFilters(ServletContext context) {
        List<String> names = new ArrayList<>();
        try {
            Object filters = call(call(call(context, "getContextHandler"), "getServletHandler"), "getFilterMappings");
            for (Object mapping : (Object[]) filters) {
                names.add((String) call(mapping, "getFilterName"));
            }
        } catch (ReflectiveOperationException | ClassCastException notJetty) {
            return List.of();
        }
        return names;
    }

    private static Object call(Object target, String getter) throws ReflectiveOperationException {
        return target.getClass().getMethod(getter).invoke(target);
    }
}
