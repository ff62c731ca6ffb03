package io.pingate.http;

import java.util.Optional;

/** Reads the text forms of an {@link IpAddress} (RFC 4291 section 2.2). */
final class IpLiteral {
    private static final int MAX_LENGTH = 64;
    private static final int GROUPS = 8;
    private static final int[] MALFORMED = {-1};

    private IpLiteral() {}

    /** Drops brackets, port and zone. */
    static Optional<String> withoutPort(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            boolean wellFormed = close > colon && colon > 0 && isPort(text.substring(close + 1));
            return wellFormed ? withoutZone(text.substring(1, close)) : Optional.empty();
        }
        if (colon >= 0 && colon == text.lastIndexOf(':')) {
            return isPort(text.substring(colon)) ? Optional.of(text.substring(0, colon)) : Optional.empty();
        }
        return withoutZone(text);
    }

    /** RFC 4007 section 11: a zone belongs to an IPv6 address. */
    private static Optional<String> withoutZone(String text) {
        int zone = text.indexOf('%');
        if (zone < 0) {
            return Optional.of(text);
        }
        boolean wellFormed = text.lastIndexOf(':', zone) >= 0 && zone < text.length() - 1;
        return wellFormed ? Optional.of(text.substring(0, zone)) : Optional.empty();
    }

    static Optional<IpAddress> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        if (text.indexOf(':') >= 0) {
            return v6(text);
        }
        long v4 = v4(text);
        return v4 < 0 ? Optional.empty() : Optional.of(new IpAddress(false, 0, v4));
    }

    private static Optional<IpAddress> v6(String text) {
        int gap = text.indexOf("::");
        int[] head = gap < 0 ? groups(text, true) : groups(text.substring(0, gap), false);
        int[] tail = gap < 0 ? new int[0] : groups(text.substring(gap + 2), true);
        int count = head.length + tail.length;
        boolean malformed = head == MALFORMED || tail == MALFORMED;
        if (malformed || (gap < 0 ? count != GROUPS : count >= GROUPS)) {
            return Optional.empty();
        }
        long[] halves = new long[2];
        for (int i = 0; i < head.length; i++) {
            place(halves, i, head[i]);
        }
        for (int i = 0; i < tail.length; i++) {
            place(halves, GROUPS - tail.length + i, tail[i]);
        }
        return Optional.of(new IpAddress(true, halves[0], halves[1]));
    }

    private static void place(long[] halves, int group, long bits) {
        halves[group / 4] |= bits << (48 - 16 * (group % 4));
    }

    private static int[] groups(String text, boolean mayEndInV4) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] parts = text.split(":", -1);
        String last = parts[parts.length - 1];
        boolean dotted = mayEndInV4 && last.indexOf('.') >= 0;
        int hexGroups = dotted ? parts.length - 1 : parts.length;
        int[] groups = new int[dotted ? hexGroups + 2 : hexGroups];
        for (int i = 0; i < hexGroups; i++) {
            int group = hex(parts[i]);
            if (group < 0) {
                return MALFORMED;
            }
            groups[i] = group;
        }
        if (dotted) {
            long v4 = v4(last);
            if (v4 < 0) {
                return MALFORMED;
            }
            groups[hexGroups] = (int) (v4 >> 16);
            groups[hexGroups + 1] = (int) (v4 & 0xFFFF);
        }
        return groups;
    }

    private static int hex(String text) {
        if (text.isEmpty() || text.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Character.digit takes the digits of every script.
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static long v4(String text) {
        long bits = 0;
        int octets = 0;
        for (int from = 0; from <= text.length(); octets++) {
            int dot = text.indexOf('.', from);
            int end = dot < 0 ? text.length() : dot;
            int value = decimal(text.substring(from, end), 255);
            if (value < 0) {
                return -1;
            }
            bits = bits << 8 | value;
            from = end + 1;
        }
        return octets == 4 ? bits : -1;
    }

    /** One to five ASCII digits without a leading zero, which some parsers take for octal; -1 when it is anything else. */
    static int decimal(String text, int max) {
        if (text.isEmpty() || text.length() > 5 || (text.length() > 1 && text.charAt(0) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value <= max ? value : -1;
    }

    private static boolean isPort(String text) {
        return text.isEmpty() || (text.startsWith(":") && decimal(text.substring(1), 65535) >= 0);
    }
}
