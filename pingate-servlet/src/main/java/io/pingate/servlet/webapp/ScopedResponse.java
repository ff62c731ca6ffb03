package io.pingate.servlet.webapp;

import io.pingate.proxy.headers.CacheControl;
import io.pingate.proxy.headers.CacheScope;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The response of a webapp to somebody who is signed in, which no shared cache may keep, whatever the webapp says: it
 * knows of no gate. Its own word goes through {@link CacheControl} as it is set.
 *
 * <p>Until it has one, the response says {@code private} by itself: no wrapper hears when the container sends the head.
 * The webapp doesn't see that, since there are those that only speak where nobody has spoken: Spring Security would
 * leave its {@code no-store} out.
 */
public final class ScopedResponse extends HttpServletResponseWrapper {
    private static final String CACHE_CONTROL = "Cache-Control";

    private final HttpServletResponse response;
    private final CacheScope scope;
    private final String unasked;
    private boolean spoken;

    private ScopedResponse(HttpServletResponse response, CacheScope scope) {
        super(response);
        this.response = response;
        this.scope = scope;
        this.unasked = CacheControl.of(List.of(), scope);
        sayUnasked();
    }

    /** {@return the response for a webapp to write; the same one when everybody may get it} */
    public static HttpServletResponse of(HttpServletResponse response, CacheScope scope) {
        return scope == CacheScope.AS_SAID ? response : new ScopedResponse(response, scope);
    }

    /**
     * Takes the response back out, for whoever sees to its fields as a whole.
     *
     * @param response what a servlet was handed
     * @return the container's response
     */
    public static HttpServletResponse unwrap(HttpServletResponse response) {
        return response instanceof ScopedResponse scoped ? unwrap(scoped.response) : response;
    }

    private void sayUnasked() {
        if (!super.containsHeader(CACHE_CONTROL)) {
            super.setHeader(CACHE_CONTROL, unasked);
        }
    }

    /** Whether what stands there is nobody's word; an earlier dispatch may have left it, too. */
    private boolean isUnasked() {
        if (spoken) {
            return false;
        }
        Collection<String> lines = super.getHeaders(CACHE_CONTROL);
        return lines.size() == 1 && lines.contains(unasked);
    }

    private boolean isUnasked(String name) {
        return name.equalsIgnoreCase(CACHE_CONTROL) && isUnasked();
    }

    private String scoped(@Nullable String value) {
        return CacheControl.of(value == null ? List.of() : List.of(value), scope);
    }

    @Override
    public void setHeader(String name, String value) {
        if (name.equalsIgnoreCase(CACHE_CONTROL)) {
            super.setHeader(name, scoped(value));
            spoken = value != null;
        } else if (!CacheControl.isForSharedCaches(name)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (isUnasked(name)) {
            setHeader(name, value);
        } else if (name.equalsIgnoreCase(CACHE_CONTROL)) {
            super.addHeader(name, scoped(value));
        } else if (!CacheControl.isForSharedCaches(name)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        if (!CacheControl.isForSharedCaches(name)) {
            super.setIntHeader(name, value);
        }
    }

    @Override
    public void addIntHeader(String name, int value) {
        if (!CacheControl.isForSharedCaches(name)) {
            super.addIntHeader(name, value);
        }
    }

    @Override
    public boolean containsHeader(String name) {
        return super.containsHeader(name) && !isUnasked(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isUnasked(name) ? null : super.getHeader(name);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return isUnasked(name) ? List.of() : super.getHeaders(name);
    }

    @Override
    public Collection<String> getHeaderNames() {
        Collection<String> names = super.getHeaderNames();
        return isUnasked()
                ? names.stream()
                        .filter(name -> !name.equalsIgnoreCase(CACHE_CONTROL))
                        .toList()
                : names;
    }

    @Override
    public void reset() {
        super.reset();
        spoken = false;
        sayUnasked();
    }
}
