package io.pingate.bench.micro;

import io.pingate.http.HeaderFields;

/** Heads of usual size. */
final class Heads {
    private Heads() {}

    static HeaderFields ofBrowser(String cookie) {
        return HeaderFields.of(
                "Host", "localhost:3060",
                "Connection", "keep-alive",
                "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Accept", "*/*",
                "Accept-Language", "en-GB,en;q=0.5",
                "Accept-Encoding", "gzip, deflate, br",
                "Referer", "http://localhost:3060/",
                "Cookie", cookie,
                "Sec-Fetch-Dest", "empty",
                "Sec-Fetch-Mode", "cors",
                "Sec-Fetch-Site", "same-origin");
    }

    static HeaderFields ofUpstream() {
        return HeaderFields.of(
                "Server", "nginx",
                "Date", "Sat, 01 Jan 2028 00:00:00 GMT",
                "Content-Type", "application/json",
                "Content-Length", "1024",
                "Connection", "keep-alive",
                "ETag", "\"5f3e\"",
                "Cache-Control", "no-cache");
    }
}
