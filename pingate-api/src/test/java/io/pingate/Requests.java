package io.pingate;

import io.pingate.http.HeaderFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests for tests: by http to localhost from 192.0.2.1 unless said otherwise. */
record Requests(
        String method,
        String target,
        List<Map.Entry<String, String>> headers,
        String client,
        String scheme,
        String host) {
    static Requests of(String method, String target, String... headers) {
        Requests bare = new Requests(method, target, List.of(), "192.0.2.1", "http", "localhost:3060");
        for (int i = 0; i < headers.length; i += 2) {
            bare = bare.with(headers[i], headers[i + 1]);
        }
        return bare;
    }

    static Requests page(String target) {
        return of("GET", target, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    }

    static Requests form(String... headers) {
        return of("POST", "/pin/check", headers).with("Content-Type", "application/x-www-form-urlencoded");
    }

    Requests with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Requests(method, target, more, client, scheme, host);
    }

    Requests withHost(String other) {
        return new Requests(method, target, headers, client, scheme, other);
    }

    Requests withScheme(String other) {
        return new Requests(method, target, headers, client, other, host);
    }

    GateRequest build() {
        return GateRequest.builder()
                .method(method)
                .target(target)
                .headers(HeaderFields.of(headers))
                .client(client)
                .scheme(scheme)
                .host(host)
                .build();
    }
}
