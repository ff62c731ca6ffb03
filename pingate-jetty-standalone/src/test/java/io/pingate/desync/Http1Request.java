package io.pingate.desync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** A request as an HTTP/1.1 client writes it, as far as it is going to. */
final class Http1Request {
    /** Chunks that no reader may take for any. */
    private static final List<String> BROKEN =
            List.of("g\r\n", "-5\r\n", "\r\n", "0x5\r\n", "fffffffffffffffff\r\n", ";a\r\n");

    /** All of them, those behind its end included. */
    final byte[] bytes;
    /** Where the body begins. */
    final int headLength;
    /** Where the body is at its end; larger than the bytes when it never is. */
    final int end;

    Http1Request(RequestPlan plan, String cookie) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text(out, head(plan, cookie));
        headLength = out.size();
        byte[] content = plan.payload().bytes();
        if (plan.chunkMost() > 0) {
            chunks(out, plan, content);
        } else {
            out.write(content, 0, plan.sent());
        }
        end = plan.isWhole() ? out.size() : Integer.MAX_VALUE;
        text(out, plan.garbage());
        bytes = out.toByteArray();
    }

    private static String head(RequestPlan plan, String cookie) {
        return plan.method() + " " + plan.target() + " HTTP/1.1\r\nHost: gate.test\r\nX-Desync-Id: " + plan.id()
                + "\r\n"
                + (plan.signedIn() ? "Cookie: a=1; " + cookie + "\r\n" : "")
                + (plan.declared() >= 0 ? "Content-Length: " + plan.declared() + "\r\n" : "")
                + (plan.chunkMost() > 0 ? "Transfer-Encoding: chunked\r\n" : "")
                + (plan.expects() ? "Expect: 100-continue\r\n" : "")
                + (plan.closes() ? "Connection: close\r\n" : "")
                + plan.forges() + "\r\n";
    }

    private static void chunks(ByteArrayOutputStream out, RequestPlan plan, byte[] content) {
        for (int at = 0, i = 0; at < plan.sent(); i++) {
            // The last one may be cut off in its middle: it says more than comes.
            boolean broken = plan.end() == RequestPlan.End.BROKEN;
            int some = Math.min(plan.chunkMost(), (broken ? plan.sent() : content.length) - at);
            int sent = Math.min(some, plan.sent() - at);
            text(
                    out,
                    (i % 3 == 1 ? "000" : "") + Integer.toHexString(some) + (i % 3 == 2 ? ";x=\"q r\";y=1" : "")
                            + "\r\n");
            out.write(content, at, sent);
            at += sent;
            if (sent == some) {
                text(out, "\r\n");
            }
        }
        if (plan.end() == RequestPlan.End.BROKEN) {
            text(out, BROKEN.get(plan.payload().length() % BROKEN.size()) + "hello\r\n0\r\n\r\n");
        } else if (plan.isWhole()) {
            text(out, "0\r\n" + (plan.trailers() ? "X-Sum: 1\r\nX-Trusted-User-Email: t@evil.test\r\n" : "") + "\r\n");
        }
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(ISO_8859_1));
    }
}
