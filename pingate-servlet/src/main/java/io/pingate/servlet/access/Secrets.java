package io.pingate.servlet.access;

import io.pingate.PinGatePaths;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of addresses what signs in at this gate: links, tokens and doctor's passes wherever they stand, and of the gate's
 * own pages the query, in which a PIN may stand that somebody has typed into the wrong place. What else a query holds is the
 * upstream's, and stays, as in everybody's access log.
 */
final class Secrets {
    private static final String GONE = "-";

    /** However much of it was pasted; what is signed is base64url and dots. */
    private static final Pattern PASS = Pattern.compile("pg[a-z]1\\.[A-Za-z0-9_.-]*");

    private final String own;
    private final String link;

    Secrets(PinGatePaths paths) {
        this.own = paths.form();
        this.link = paths.link();
    }

    String inTarget(String target) {
        if (target.startsWith(link)) {
            return link + GONE;
        }
        int query = target.indexOf('?');
        return query >= 0 && isOwn(target.substring(0, query)) ? target.substring(0, query + 1) + GONE : inText(target);
    }

    /** A referer is an address with its scheme, or whatever a client makes up. */
    String inReferer(String referer) {
        int authority = referer.indexOf("://");
        int path = authority < 0 ? -1 : referer.indexOf('/', authority + "://".length());
        return path < 0 ? inText(referer) : inText(referer.substring(0, path)) + inTarget(referer.substring(path));
    }

    String inText(String text) {
        Matcher passes = PASS.matcher(text);
        return passes.find() ? passes.replaceAll(GONE) : text;
    }

    private boolean isOwn(String path) {
        return path.startsWith(own) && (path.length() == own.length() || path.charAt(own.length()) == '/');
    }
}
