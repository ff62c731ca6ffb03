package io.pingate.standalone.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers Prometheus, in the newest of the formats that it asks for, and nobody else. */
final class MetricsHandler extends Handler.Abstract {
    private static final String PATH = "/metrics";

    private final ExpositionFormats formats = ExpositionFormats.init();
    private final PrometheusRegistry registry;

    MetricsHandler(PrometheusRegistry registry) {
        this.registry = registry;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        if (!PATH.equals(request.getHttpURI().getPath())) {
            return refuse(response, HttpStatus.NOT_FOUND_404, callback);
        }
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            return refuse(response, HttpStatus.METHOD_NOT_ALLOWED_405, callback);
        }
        ExpositionFormatWriter format = formats.findWriter(request.getHeaders().get(HttpHeader.ACCEPT));
        ByteArrayOutputStream figures = new ByteArrayOutputStream();
        format.write(figures, registry.scrape());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, format.getContentType());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, figures.size());
        response.write(true, ByteBuffer.wrap(figures.toByteArray()), callback);
        return true;
    }

    private static boolean refuse(Response response, int status, Callback callback) {
        response.setStatus(status);
        callback.succeeded();
        return true;
    }
}
