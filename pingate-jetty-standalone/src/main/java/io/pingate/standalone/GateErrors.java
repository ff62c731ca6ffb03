package io.pingate.standalone;

import io.pingate.http.HeaderFields;
import io.pingate.servlet.page.Audience;
import io.pingate.servlet.page.ErrorPages;
import io.pingate.servlet.proxy.client.jetty.JettyAnswer;
import io.pingate.standalone.connector.Sender;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what never reached the gate's own pages, such as a request that can't be parsed: a page of the gate's for a
 * browser, else one line of plain text, that name no server. Jetty's pages would show its name, the target and the
 * exception.
 */
final class GateErrors implements Request.Handler {
    private final Supplier<ErrorPages> pages;

    /** {@code pages} are those of the moment. */
    GateErrors(Supplier<ErrorPages> pages) {
        this.pages = pages;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException failure) {
            response.setStatus(failure.getCode());
        }
        int status = response.getStatus();
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        if (HttpStatus.hasNoBody(status)) {
            callback.succeeded();
            return true;
        }
        Audience audience = audience(request);
        if (audience.html()) {
            headers.remove(HttpHeader.CACHE_CONTROL);
            String reason = hint(status).isEmpty() ? HttpStatus.getMessage(status) : hint(status);
            JettyAnswer.write(pages.get().answer(audience, status, reason.strip()), request, true, response, callback);
            return true;
        }
        headers.put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        headers.put("X-Content-Type-Options", "nosniff");
        String text = status + " " + HttpStatus.getMessage(status) + "\n" + hint(status);
        response.write(true, BufferUtil.toBuffer(text, StandardCharsets.UTF_8), callback);
        return true;
    }

    private static Audience audience(Request request) {
        HeaderFields fields = Sender.fields(request);
        String host = Objects.requireNonNullElse(fields.first("Host"), "");
        return Audience.of(request.getMethod(), fields, Request.getPathInContext(request), host);
    }

    private static String hint(int status) {
        return switch (status) {
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
                "The headers are larger than 32 KiB. In a browser, remove this site's cookies.\n";
            case HttpStatus.SERVICE_UNAVAILABLE_503 -> "The gate is stopping or busy. Try again in a moment.\n";
            default -> "";
        };
    }
}
