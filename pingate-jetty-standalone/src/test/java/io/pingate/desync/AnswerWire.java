package io.pingate.desync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;

/** An answer as the upstream writes it. */
final class AnswerWire {
    private static final int CHUNK = 1_500;

    final byte[] bytes;
    /** Where the body begins. */
    final int headLength;
    /** The end of its content, or of its head when there is none: from there on nothing is lost by a cut. */
    final int cutBefore;

    AnswerWire(Exchange exchange) {
        AnswerPlan plan = exchange.answer;
        boolean bodyless = exchange.request.method().equals("HEAD") || plan.framing() == AnswerPlan.Framing.NONE;
        byte[] content = bodyless ? new byte[0] : plan.payload().bytes();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text(out, head(exchange));
        headLength = out.size();
        if (bodyless || plan.framing() != AnswerPlan.Framing.CHUNKED) {
            out.writeBytes(content);
            cutBefore = out.size() - 1;
        } else {
            chunks(content, out);
            cutBefore = out.size();
            text(out, plan.trailers() ? "0\r\nX-Sum: 1\r\n\r\n" : "0\r\n\r\n");
        }
        bytes = out.toByteArray();
    }

    private static void chunks(byte[] content, ByteArrayOutputStream out) {
        for (int at = 0; at < content.length; at += CHUNK) {
            int some = Math.min(CHUNK, content.length - at);
            text(out, Integer.toHexString(some) + (at % 2 == 0 ? ";ext=\"a\"" : "") + "\r\n");
            out.write(content, at, some);
            text(out, "\r\n");
        }
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(ISO_8859_1));
    }

    private static String head(Exchange exchange) {
        AnswerPlan plan = exchange.answer;
        String framing =
                switch (plan.framing()) {
                    case LENGTH -> "Content-Length: " + plan.payload().length() + "\r\n";
                    case CHUNKED -> "Transfer-Encoding: chunked\r\n";
                    case UNTIL_CLOSE, NONE -> "";
                };
        boolean closes = plan.then() == AnswerPlan.Then.CLOSE || plan.then() == AnswerPlan.Then.SAY_CLOSE;
        return "HTTP/1.1 " + plan.status() + " Planned\r\nContent-Type: text/plain\r\nX-Desync-Answer: "
                + exchange.request.id() + "\r\n" + framing + (closes ? "Connection: close\r\n" : "") + "\r\n";
    }

    static byte[] interim(Exchange exchange, int status) {
        return ("HTTP/1.1 " + status + " Interim\r\nX-Desync-Answer: " + exchange.request.id() + "\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    /** An answer to nobody: whoever gets it has got somebody else's. */
    static byte[] excess() {
        return "HTTP/1.1 200 Nobody's\r\nX-Desync-Answer: nobody\r\nContent-Length: 6\r\n\r\nnobody"
                .getBytes(ISO_8859_1);
    }
}
