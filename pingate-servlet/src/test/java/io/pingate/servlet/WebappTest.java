package io.pingate.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.settings.SettingsSource;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.junit.jupiter.api.Test;

/** The filter in a webapp that isn't at the root, and where such a webapp finds its settings. */
class WebappTest {
    @Test
    void gate_lives_under_the_context_path() throws Exception {
        Map<String, String> settings = new HashMap<>(GuardedServer.SETTINGS);
        settings.put("publicPaths", "/open/*");
        try (GuardedServer server = GuardedServer.start("/app", settings, new Hello())) {
            HttpResponse<String> away = server.get("/app/x", "Accept", "text/html");
            assertEquals("/app/pin?next=/app/x", location(away));
            assertTrue(server.get("/app/pin").body().contains("action=\"\""));
            assertTrue(server.get("/app/pin/logout").body().contains("action=\"/app/pin\""));
            String signedIn =
                    server.get("/app/pin", "Cookie", GuardedServer.cookie()).body();
            assertTrue(signedIn.contains("action=\"/app/pin/logout\""), signedIn);
            assertTrue(signedIn.contains("href=\"/app/\""), signedIn);
            assertTrue(server.get("/app/pin").body().contains("name=\"next\" value=\"/app/\""));
            assertEquals("/app/", location(server.post("/app/pin/check", "pin=4711")));
            assertEquals("/app/pin?signed-out", location(server.post("/app/pin/logout", "")));
            assertEquals(200, server.get("/app/pin/health").statusCode());
            assertEquals(200, server.get("/app/open/a").statusCode());
            assertEquals(401, server.get("/app/open;a/../x").statusCode());
        }
    }

    @Test
    void start_fails_with_every_fault_when_settings_cannot_be_used() {
        Throwable fault = assertThrows(ServletException.class, () -> GuardedServer.start(
                        "/", Map.of("port", "x", "upstream", "y", "secret", "z"), new Hello())
                .close());
        assertTrue(fault.getMessage().contains("PINGATE_PIN: no PIN is set"), fault.getMessage());
        assertTrue(fault.getMessage().contains("PINGATE_PORT (port as an init-parameter): "), fault.getMessage());
        assertTrue(
                fault.getMessage().contains("PINGATE_UPSTREAM (upstream as an init-parameter): "), fault.getMessage());
    }

    @Test
    void settings_are_shared_in_a_webapp() throws Exception {
        ServletContextHandler context = new ServletContextHandler();
        context.setInitParameter("pingate.pin", "4711");
        context.setInitParameter("pingate.secret", GuardedServer.SECRET);
        PinGateSettings settings = settings(context, Map.of());
        assertEquals("PINGATE_PIN", settings.pinOrigin());
        assertSame(settings, settings(context, Map.of()));
    }

    @Test
    void names_that_are_nearly_settings_are_told_of_context_and_filter() throws Exception {
        ServletContextHandler context = new ServletContextHandler();
        context.setInitParameter("pingate.pni", "4711");
        context.setInitParameter("org.example.pin", "4711");
        List<String> warnings = settings(
                        context, Map.of("pin", "4711", "secret", GuardedServer.SECRET, "sesionDays", "3"))
                .warnings();
        assertTrue(warnings.stream().noneMatch(line -> line.contains("org.example")), warnings::toString);
        assertTrue(warnings.get(0).contains("sesionDays; sessionDays is one"), warnings::toString);
        assertTrue(warnings.get(1).contains("pingate.pni; pingate.pin is one"), warnings::toString);
    }

    @Test
    void filter_has_settings_of_its_own_when_it_has_parameters() throws Exception {
        ServletContextHandler context = new ServletContextHandler();
        PinGateSettings embedded = PinGateSettings.load(
                SettingsSource.environment(Map.of("PINGATE_PIN", "1", "PINGATE_SECRET", GuardedServer.SECRET)::get));
        context.getServletContext().setAttribute(PinGateSettings.ATTRIBUTE, embedded);
        assertSame(embedded, settings(context, Map.of()));
        assertNotSame(embedded, settings(context, GuardedServer.SETTINGS));
        assertSame(embedded, settings(context, Map.of()));
    }

    @Test
    void secrets_are_in_no_text_of_the_settings() {
        PinGateSettings settings = PinGateSettings.load(SettingsSource.environment(
                Map.of("PINGATE_PIN", "hunter2", "PINGATE_SECRET", "hunter2", "LITELLM_MASTER_KEY", "hunter2")::get));
        String texts = settings + " " + settings.warnings() + settings.pinStrength() + settings.pinOrigin()
                + settings.routes();
        assertFalse(texts.contains("hunter2"), texts);
    }

    private static PinGateSettings settings(ServletContextHandler context, Map<String, String> initParameters)
            throws ServletException {
        return WebappSettings.of(
                context.getServletContext(),
                Collections.enumeration(List.copyOf(initParameters.keySet())),
                initParameters::get);
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private static final class Hello extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(200);
        }
    }
}
