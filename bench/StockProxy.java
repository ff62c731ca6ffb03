import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.proxy.ProxyServlet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A peer: Jetty's own proxy servlet as it comes, behind a filter that looks for one cookie. Flags as pingate's. */
public final class StockProxy {
    private StockProxy() {}

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[1]);
        String upstream = args[3];
        String token = System.getenv("BENCH_TOKEN");
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        ServletContextHandler webapp = new ServletContextHandler("/");
        Filter gate = (request, response, chain) -> {
            if (isSignedIn((HttpServletRequest) request, token)) {
                chain.doFilter(request, response);
            } else {
                ((HttpServletResponse) response).setStatus(401);
            }
        };
        FilterHolder filter = new FilterHolder(gate);
        filter.setAsyncSupported(true);
        webapp.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        ServletHolder proxy = new ServletHolder(new ProxyServlet.Transparent());
        proxy.setInitParameter("proxyTo", upstream);
        proxy.setAsyncSupported(true);
        webapp.addServlet(proxy, "/*");
        server.setHandler(webapp);
        server.start();
        server.join();
    }

    private static boolean isSignedIn(HttpServletRequest request, String token) {
        Cookie[] cookies = request.getCookies();
        return cookies != null
                && Arrays.stream(cookies)
                        .anyMatch(cookie -> cookie.getName().equals("pingate")
                                && cookie.getValue().equals(token));
    }
}
