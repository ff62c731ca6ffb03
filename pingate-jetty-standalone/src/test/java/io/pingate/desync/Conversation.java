package io.pingate.desync;

import io.pingate.desync.Tap.MalformedException;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One connection of the gate's to the upstream: request after request, each judged by the byte and answered by its plan. */
final class Conversation {
    /** No client pauses for a tenth as long on any machine, and who has left is to be noticed sooner. */
    private static final int PATIENCE_MILLIS = 40_000;
    /** How many requests a finding shows. */
    private static final int SHOWN = 6;

    private final Socket socket;
    private final Ledger ledger;
    private final RequestJudge judge;
    private final Tap tap;
    private final Deque<String> history = new ArrayDeque<>();
    private @Nullable Exchange current;
    private String head = "";

    Conversation(Socket socket, Ledger ledger) {
        this.socket = socket;
        this.ledger = ledger;
        this.judge = new RequestJudge(ledger);
        this.tap = new Tap(socket);
    }

    void run() {
        try {
            while (next()) {
                ledger.count("requests answered on a connection that goes on");
            }
        } catch (BreachException e) {
            found(e.breach, String.valueOf(e.getMessage()));
        } catch (MalformedException e) {
            // What follows an unfinished request is not its rest: whose bytes are these?
            found(current == null ? Breach.NO_REQUEST : Breach.BAD_FRAMING, String.valueOf(e.getMessage()));
        } catch (SocketTimeoutException e) {
            found(Breach.STUCK, "the gate neither goes on with this request nor gives it up");
        } catch (IOException e) {
            ledger.count(current == null ? "upstream connections closed between requests" : "upstream requests cut");
        }
    }

    private void found(Breach breach, String what) {
        if (current != null) {
            current.spoilt = true;
        }
        // Whatever is on the way on this connection will find it closed.
        ledger.closedUnsaid();
        ledger.found(
                breach,
                what,
                current,
                tap.shown() + "\nrequests on this connection:\n  " + String.join("\n  ", history) + "\n  " + head);
    }

    private boolean next() throws IOException, BreachException {
        current = null;
        socket.setSoTimeout(0);
        if (tap.peek() < 0) {
            throw new EOFException("closed between requests");
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        String line = tap.line();
        history.add("behind " + (tap.consumed() - line.length() - 2) + " bytes: " + line);
        if (history.size() > SHOWN) {
            history.remove();
        }
        Fields fields = Fields.read(tap);
        head = fields + ", its body begins behind " + tap.consumed() + " bytes";
        Exchange exchange = judge.whose(line);
        current = exchange;
        RequestJudge.checkHead(exchange, line, fields);
        RequestJudge.Content content = new RequestJudge.Content(exchange);
        Body body = new Body(tap, fields, false, content);
        RequestJudge.checkFraming(exchange, fields, body.framing());
        body.begin();
        return new AnswerScript(exchange, socket, tap, body, content, ledger).play();
    }
}
