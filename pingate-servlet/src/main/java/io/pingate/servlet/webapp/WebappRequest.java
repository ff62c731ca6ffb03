package io.pingate.servlet.webapp;

import io.pingate.TokenFields;
import io.pingate.http.HeaderFields;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request as the webapp behind the filter is to see it, see {@link WebappView}. */
final class WebappRequest extends HttpServletRequestWrapper {

    private final HttpServletResponse response;
    private final WebappView view;
    private final HeaderFields own;
    private final Optional<Principal> user;

    WebappRequest(HttpServletRequest request, HttpServletResponse response, WebappView view, boolean signedIn) {
        super(request);
        this.response = response;
        this.view = view;
        this.own = signedIn ? view.identity().fields() : HeaderFields.NONE;
        this.user = signedIn ? view.email().map(SignedIn::new) : Optional.empty();
    }

    private record SignedIn(String email) implements Principal {
        @Override
        public String getName() {
            return email;
        }
    }

    @Override
    public @Nullable String getHeader(String name) {
        List<String> values = values(name);
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return Collections.enumeration(values(name));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = new ArrayList<>();
        for (String name : Collections.list(super.getHeaderNames())) {
            if (!view.hides(name) && (!mayHoldOurs(name) || getHeader(name) != null)) {
                names.add(name);
            }
        }
        own.forEach((name, value) -> names.add(name));
        return Collections.enumeration(names);
    }

    @Override
    public int getIntHeader(String name) {
        if (!view.hides(name)) {
            return super.getIntHeader(name);
        }
        String value = getHeader(name);
        return value == null ? -1 : Integer.parseInt(value);
    }

    @Override
    public long getDateHeader(String name) {
        if (!view.hides(name)) {
            return super.getDateHeader(name);
        }
        String value = getHeader(name);
        try {
            return value == null ? -1 : millis(value);
        } catch (DateTimeParseException e) {
            // What the method's contract asks for.
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        Cookie[] cookies = super.getCookies();
        if (cookies == null) {
            return null;
        }
        Cookie[] others = Arrays.stream(cookies)
                .filter(cookie -> !cookie.getName().equals(view.cookie().name()))
                .toArray(Cookie[]::new);
        return others.length == 0 ? null : others;
    }

    @Override
    public Map<String, String> getTrailerFields() {
        return super.getTrailerFields().entrySet().stream()
                .filter(field -> !view.hides(field.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public @Nullable String getRemoteUser() {
        return user.map(Principal::getName).orElseGet(super::getRemoteUser);
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return user.orElseGet(super::getUserPrincipal);
    }

    /** Not the container's, which would dispatch the request as the client sent it. */
    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }

    private List<String> values(String name) {
        if (view.hides(name)) {
            return own.all(name);
        }
        List<String> values = Collections.list(super.getHeaders(name));
        if (isAuthorization(name)) {
            return values.stream().filter(value -> !TokenFields.isOwn(value)).collect(Collectors.toList());
        }
        return isCookie(name)
                ? values.stream()
                        .map(view.cookie()::cutFrom)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toList())
                : values;
    }

    private static boolean mayHoldOurs(String name) {
        return isCookie(name) || isAuthorization(name);
    }

    private static boolean isAuthorization(String name) {
        return name.equalsIgnoreCase("Authorization");
    }

    private static boolean isCookie(String name) {
        return name.equalsIgnoreCase("Cookie");
    }

    private static long millis(String date) {
        return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant()
                .toEpochMilli();
    }
}
