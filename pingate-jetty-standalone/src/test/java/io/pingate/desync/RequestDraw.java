package io.pingate.desync;

import io.pingate.desync.RequestPlan.End;
import io.pingate.desync.RequestPlan.Pace;
import java.util.List;

/** Draws the client's part of an exchange. */
final class RequestDraw {
    private static final List<String> WITH_BODY = List.of("POST", "POST", "POST", "PUT", "PATCH");
    private static final List<String> WITHOUT = List.of("GET", "GET", "HEAD", "DELETE", "OPTIONS");
    private static final List<String> PUBLIC = List.of("/hook/");
    private static final List<String> PRIVATE = List.of("/admin/", "/app/");

    private static final List<String> FORGERIES = List.of(
            "X-Trusted-User-Email: head@evil.test\r\n",
            "x_trusted_user_email: head@evil.test\r\n",
            "Connection: X-Trusted-User-Email\r\nX-TRUSTED-USER-EMAIL: head@evil.test\r\n");

    /** The most that an upload has; the gate and the sockets between hold far more, so that nobody waits in a circle. */
    private static final int LARGEST = 150_000;

    private final Dice dice;
    private final String id;
    private final boolean http2;
    private final boolean last;

    private RequestDraw(Dice dice, String id, boolean http2, boolean last) {
        this.dice = dice;
        this.id = id;
        this.http2 = http2;
        this.last = last;
    }

    /**
     * Draws one.
     *
     * @param last whether nothing has to follow it on its connection, so that it need not end as it should
     * @param trickles whether it is a slow upload, unfinished if it may be
     */
    static RequestPlan draw(Dice dice, String id, boolean http2, boolean last, boolean trickles) {
        RequestDraw draw = new RequestDraw(dice, id, http2, last);
        return trickles ? draw.trickling() : draw.draw();
    }

    private RequestPlan draw() {
        boolean isPublic = dice.chance(50);
        String method = dice.pick(dice.chance(75) ? WITH_BODY : WITHOUT);
        boolean body = WITH_BODY.contains(method) || dice.chance(15);
        Payload payload = body ? payload() : Payload.marked(id, 0);
        boolean chunked = body && dice.chance(40) && !(http2 && !WITH_BODY.contains(method));
        End end = end(payload.length(), body, chunked);
        int sent = sent(end, payload.length());
        return new RequestPlan(
                id,
                http2,
                method,
                dice.pick(isPublic ? PUBLIC : PRIVATE) + id,
                isPublic,
                dice.chance(60),
                payload,
                body && !chunked ? declared(end, payload.length()) : -1,
                chunked || (http2 && body) ? dice.between(1 + payload.length() / 30, 16_000) : 0,
                sent,
                end,
                body && dice.chance(8),
                body && dice.chance(20),
                dice.chance(15) ? dice.pick(FORGERIES) : "",
                last && !http2 && dice.chance(25),
                last && !http2 && end == End.WAIT && sent == payload.length() && dice.chance(10) ? smuggled() : "",
                pace(payload.length()));
    }

    private RequestPlan trickling() {
        int length = dice.between(500, 4_000);
        boolean chunked = dice.chance(30);
        return new RequestPlan(
                id,
                http2,
                "POST",
                PUBLIC.get(0) + id,
                true,
                dice.chance(30),
                Payload.marked(id + ">", length),
                chunked ? -1 : length,
                chunked || http2 ? dice.between(50, 400) : 0,
                last ? dice.between(300, length) : length,
                End.WAIT,
                false,
                false,
                "",
                false,
                "",
                new Pace(dice.between(20, 400), dice.between(0, 2_000)));
    }

    private Payload payload() {
        int length = dice.chance(5)
                ? 0
                : dice.chance(40)
                        ? dice.between(1, 300)
                        : dice.chance(65)
                                ? dice.between(300, 5_000)
                                : dice.chance(90) ? dice.between(1, 30_000) : dice.between(1, LARGEST);
        String lead = length > 0 && dice.chance(40)
                ? "\r\n".repeat(dice.chance(50) ? 2_000 : dice.between(0, 300)) + smuggled()
                : "";
        return new Payload(id + ">", lead, length);
    }

    /** What an attacker would like an upstream to see: a request for a private page, by somebody who is trusted. */
    private String smuggled() {
        return "GET /admin/s" + id.substring(1) + " HTTP/1.1\r\nHost: gate.test\r\nX-Desync-Id: s" + id.substring(1)
                + "\r\nX-Trusted-User-Email: root@evil.test\r\n\r\n";
    }

    private End end(int length, boolean body, boolean chunked) {
        if (!last || dice.chance(55)) {
            return End.WAIT;
        }
        if (http2) {
            return !body || length == 0
                    ? dice.pick(List.of(End.WAIT, End.RESET))
                    : chunked
                            ? End.RESET
                            : dice.pick(List.of(
                                    End.RESET, End.SHORT, End.SHORT_TRAILERS, End.HEAD_ONLY, End.LONG, End.CLOSE));
        }
        return dice.pick(
                chunked
                        ? List.of(End.CLOSE, End.RESET, End.HALF_CLOSE, End.WAIT, End.BROKEN)
                        : List.of(End.CLOSE, End.RESET, End.HALF_CLOSE, End.WAIT));
    }

    private int sent(End end, int length) {
        return switch (end) {
            case BROKEN, SHORT, SHORT_TRAILERS -> length == 0 ? 0 : dice.between(0, length - 1);
            case HEAD_ONLY -> 0;
            case LONG -> length;
            case WAIT, CLOSE, RESET, HALF_CLOSE ->
                !last || length == 0 || dice.chance(end == End.WAIT ? 85 : 40) ? length : dice.between(0, length - 1);
        };
    }

    private int declared(End end, int length) {
        return end == End.LONG ? dice.between(0, length - 1) : length;
    }

    private Pace pace(int length) {
        if (dice.chance(45)) {
            return Pace.AT_ONCE;
        }
        return new Pace(Math.max(20, length / dice.between(2, 12)), dice.between(0, 3_000));
    }
}
