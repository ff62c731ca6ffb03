package io.pingate.proxy;

import io.pingate.http.HeaderFields;
import io.pingate.http.IpAddress;
import io.pingate.proxy.forwarded.Forwarding;
import io.pingate.proxy.headers.CacheScope;
import io.pingate.proxy.headers.HeaderRules;
import java.util.ArrayList;
import java.util.List;

/** What header rules make of fields, one {@code Name: value} for each. */
public final class Lines {
    public static final Forwarding LOCAL =
            new Forwarding(address("127.0.0.1"), "http", "gate.example:3060", 3060, "127.0.0.1");

    private Lines() {}

    public static IpAddress address(String literal) {
        return IpAddress.parse(literal).orElseThrow();
    }

    public static List<String> of(HeaderFields fields) {
        List<String> lines = new ArrayList<>();
        fields.forEach((name, value) -> lines.add(name + ": " + value));
        return lines;
    }

    /** What goes up of these fields, without what the gate says about the way. */
    public static List<String> sentUp(HeaderRules rules, boolean signedIn, String... namesAndValues) {
        List<String> lines = allSentUp(rules, signedIn, namesAndValues);
        lines.removeIf(line -> line.startsWith("Host: ") || line.startsWith("X-Forwarded-"));
        return lines;
    }

    public static List<String> allSentUp(HeaderRules rules, boolean signedIn, String... namesAndValues) {
        return of(rules.upstreamRequest(HeaderFields.of(namesAndValues), LOCAL, signedIn));
    }

    public static List<String> sentDown(HeaderRules rules, String... namesAndValues) {
        return sentDown(rules, CacheScope.AS_SAID, namesAndValues);
    }

    public static List<String> sentDown(HeaderRules rules, CacheScope scope, String... namesAndValues) {
        return of(rules.clientResponse(HeaderFields.of(namesAndValues), scope));
    }
}
