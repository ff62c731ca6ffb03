package io.pingate.desync;

import static io.pingate.desync.AnswerPlan.ALL;

import io.pingate.desync.AnswerPlan.Cut;
import io.pingate.desync.AnswerPlan.Framing;
import io.pingate.desync.AnswerPlan.Then;
import io.pingate.desync.RequestPlan.Pace;
import java.util.ArrayList;
import java.util.List;

/** Draws the upstream's part of an exchange. */
final class AnswerDraw {
    private static final List<Integer> STATUSES = List.of(200, 200, 200, 201, 404, 413, 500, 204, 304);

    private AnswerDraw() {}

    /**
     * Draws one.
     *
     * @param requestLength how long the request's body may be
     * @param hasty whether it answers at once and goes on as if all were well, as the one who lets a smuggler through
     */
    static AnswerPlan draw(Dice dice, String id, int requestLength, boolean hasty) {
        if (hasty) {
            return hasty(dice, id);
        }
        int status = dice.pick(STATUSES);
        Framing framing = status == 204 || status == 304
                ? Framing.NONE
                : dice.pick(
                        List.of(Framing.LENGTH, Framing.LENGTH, Framing.CHUNKED, Framing.CHUNKED, Framing.UNTIL_CLOSE));
        boolean early = requestLength > 0 && dice.chance(45);
        return new AnswerPlan(
                status,
                Payload.marked("a" + id.substring(1) + "<", framing == Framing.NONE ? 0 : length(dice)),
                early ? dice.chance(50) ? 0 : dice.between(1, requestLength) : ALL,
                dice.chance(15) ? new Pace(dice.between(200, 20_000), dice.between(0, 1_500)) : Pace.AT_ONCE,
                interims(dice),
                framing,
                dice.chance(15),
                dice.chance(20),
                pace(dice),
                cut(dice),
                dice.chance(20) ? 0 : dice.chance(20) ? 1_000 : dice.between(0, 1_000),
                then(dice, framing),
                dice.chance(80));
    }

    private static AnswerPlan hasty(Dice dice, String id) {
        return new AnswerPlan(
                200,
                Payload.marked("a" + id.substring(1) + "<", dice.between(0, 300)),
                dice.between(0, 300),
                Pace.AT_ONCE,
                List.of(),
                dice.pick(List.of(Framing.LENGTH, Framing.CHUNKED)),
                false,
                false,
                Pace.AT_ONCE,
                Cut.NO,
                0,
                Then.KEEP,
                true);
    }

    private static int length(Dice dice) {
        return dice.chance(10) ? 0 : dice.chance(75) ? dice.between(1, 3_000) : dice.between(1, 60_000);
    }

    static Pace pace(Dice dice) {
        return dice.chance(70) ? Pace.AT_ONCE : new Pace(dice.between(40, 9_000), dice.between(0, 2_000));
    }

    private static List<Integer> interims(Dice dice) {
        List<Integer> interims = new ArrayList<>();
        while (dice.chance(15)) {
            interims.add(dice.pick(List.of(100, 103)));
        }
        return interims;
    }

    private static Cut cut(Dice dice) {
        if (dice.chance(88)) {
            return Cut.NO;
        }
        return dice.chance(3) ? Cut.SILENCE : dice.chance(50) ? Cut.CLOSE : Cut.RESET;
    }

    private static Then then(Dice dice, Framing framing) {
        if (framing == Framing.UNTIL_CLOSE) {
            return Then.CLOSE;
        }
        if (dice.chance(80)) {
            return Then.KEEP;
        }
        return dice.pick(List.of(Then.CLOSE, Then.SAY_CLOSE, Then.CLOSE_UNSAID, Then.EXCESS));
    }
}
