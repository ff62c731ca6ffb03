package io.pingate.desync;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows which requests may reach the upstream, and with which bytes. */
final class RequestJudge {
    static final String EMAIL = "ada@owner.test";
    /** Stands in every forgery, wherever it is tried. */
    static final String FORGERY = "evil.test";

    private static final Pattern LINE = Pattern.compile("([A-Z]+) (/[!-~]*) HTTP/1\\.1");
    private static final Pattern ID = Pattern.compile("/(?:hook|app|admin)/(q[0-9]+-[0-9a-f]{4})");

    private final Ledger ledger;

    RequestJudge(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The exchange whose request this is. */
    Exchange whose(String line) throws BreachException {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new BreachException(Breach.NO_REQUEST, line);
        }
        Matcher id = ID.matcher(matcher.group(2));
        Exchange exchange = id.matches() ? ledger.find(id.group(1)) : null;
        if (exchange == null || !exchange.begun) {
            throw new BreachException(Breach.NOBODYS_REQUEST, line);
        }
        return exchange;
    }

    /** Whether its head is one that may pass. */
    static void checkHead(Exchange exchange, String line, Fields fields) throws BreachException {
        RequestPlan plan = exchange.request;
        String expected = plan.method() + " " + plan.target() + " HTTP/1.1";
        check(line.equals(expected), Breach.NOBODYS_REQUEST, line + " in place of " + expected);
        check(fields.all("x-desync-id").equals(List.of(plan.id())), Breach.NOBODYS_REQUEST, fields.toString());
        check(plan.mayPass(), Breach.WITHOUT_COOKIE, line);
        checkIdentity(plan, fields);
        checkRepetition(exchange);
    }

    private static void checkIdentity(RequestPlan plan, Fields fields) throws BreachException {
        List<String> expected = plan.isPublic() ? List.of() : List.of(EMAIL);
        check(fields.all("x-trusted-user-email").equals(expected), Breach.FORGED, fields.toString());
        checkTrailers(fields);
    }

    static void checkTrailers(Fields fields) throws BreachException {
        String text = fields.toString().toLowerCase(Locale.ROOT);
        check(!text.contains(FORGERY), Breach.FORGED, text);
    }

    private static void checkRepetition(Exchange exchange) throws BreachException {
        if (exchange.arrivals.getAndIncrement() > 0) {
            check(exchange.request.isRepeatable(), Breach.TWICE, "it has a body or is a POST");
            check(!exchange.answered, Breach.TWICE, "it has been answered");
        }
    }

    /** What the framing says about the body, compared with what the client said. */
    static void checkFraming(Exchange exchange, Fields fields, AnswerPlan.Framing framing) throws BreachException {
        RequestPlan plan = exchange.request;
        String how = framing + " " + fields.all("content-length") + " for " + plan;
        switch (framing) {
            case LENGTH -> {
                int length = Integer.parseInt(fields.all("content-length").get(0));
                // A gate that has the whole body already may count it in place of the client.
                boolean counted = plan.declared() < 0 && plan.payload().length() == length && exchange.bodyComplete;
                check(plan.declared() == length || counted, Breach.BAD_FRAMING, how);
            }
            // HTTP/2 without a length, or with one that the gate does not pass on.
            case CHUNKED -> check(plan.chunkMost() > 0 || plan.http2(), Breach.BAD_FRAMING, how);
            case NONE -> check(!plan.hasBody() || plan.payload().length() == 0, Breach.BAD_FRAMING, how);
            case UNTIL_CLOSE -> throw new IllegalStateException("no framing of requests");
        }
    }

    private static void check(boolean holds, Breach breach, String what) throws BreachException {
        if (!holds) {
            throw new BreachException(breach, what);
        }
    }

    /** Compares a body with its client's, byte by byte. */
    static final class Content implements Body.Listener {
        private final Exchange exchange;
        private final byte[] expected;
        private int at;

        Content(Exchange exchange) {
            this.exchange = exchange;
            this.expected = exchange.request.payload().bytes();
        }

        int count() {
            return at;
        }

        @Override
        public void content(byte[] bytes, int length) throws BreachException {
            int wrong = Payload.difference(expected, at, bytes, length);
            if (wrong >= 0) {
                throw new BreachException(
                        Breach.FOREIGN_BYTES,
                        "from byte " + (at + wrong) + " on: "
                                + Tap.letters(bytes, wrong, Math.min(length, wrong + 200)));
            }
            at += length;
        }

        @Override
        public void end(Fields trailers) throws BreachException {
            RequestPlan plan = exchange.request;
            int most = plan.most();
            // Who has declared a length has said where the end is.
            check(
                    !plan.isWhole() || exchange.bodyComplete || plan.declared() >= 0 || !plan.hasBody(),
                    Breach.FALSE_END,
                    "at " + at + " of " + most + ", before the client has sent the rest");
            check(
                    plan.mayComplete(),
                    Breach.FALSE_END,
                    "at " + at + " of " + most + ", and the client never ends it: " + plan.end());
            check(at == most, Breach.FALSE_END, "at " + at + " of " + most);
            checkTrailers(trailers);
        }
    }
}
