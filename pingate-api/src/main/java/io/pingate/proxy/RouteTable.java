package io.pingate.proxy;

import io.pingate.HeaderFields;
import io.pingate.RequestTarget;
import java.util.List;
import java.util.Optional;

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

    /**
     * Answers a CORS preflight. Browsers send those without cookies, so this is asked before the gate is.
     *
     * @param method the request's method
     * @param target the request target
     * @param headers the client's header fields
     * @return the fields of an answer with status 204, empty when the request isn't a preflight that a route answers
     */
    public Optional<HeaderFields> preflight(String method, RequestTarget target, HeaderFields headers) {
        return method.equals("OPTIONS") ? of(target).preflight(method, target, headers) : Optional.empty();
    }
}
