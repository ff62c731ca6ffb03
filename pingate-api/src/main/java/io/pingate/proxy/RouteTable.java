package io.pingate.proxy;

import io.pingate.http.RequestTarget;
import java.util.List;

/**
 * The routes of a gate: first those with a prefix, at the end the tool's, which takes every path.
 *
 * @param routes the routes in the order in which they are asked
 */
public record RouteTable(List<Route> routes) {
    /**
     * Keeps the routes.
     *
     * @param routes the routes in the order in which they are asked; the last one matches every target
     */
    public RouteTable {
        routes = List.copyOf(routes);
    }

    /**
     * Finds the route of a request.
     *
     * @param target the request target
     * @return the first route that matches
     */
    public Route of(RequestTarget target) {
        for (Route route : routes) {
            if (route.matches(target)) {
                return route;
            }
        }
        throw new IllegalStateException("the last route must match every target");
    }

    /**
     * Tells whether a target's route is for signed-in requests only, also where a public path takes it in.
     *
     * @param target the request target
     * @return true when it is
     */
    public boolean isAlwaysPrivate(RequestTarget target) {
        return of(target).isAlwaysPrivate();
    }
}
