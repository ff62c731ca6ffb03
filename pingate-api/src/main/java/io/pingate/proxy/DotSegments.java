package io.pingate.proxy;

/** Finds {@code .} and {@code ..} in a path, in each spelling that some server takes for them. */
final class DotSegments {
    private DotSegments() {}

    /**
     * Tells whether a path may hold a dot segment (RFC 3986 section 5.2.4): plain, percent-encoded, behind a backslash or
     * before a path parameter, as in {@code ..;x/}. What is encoded twice may: nobody knows how often a server decodes.
     */
    static boolean mayBeIn(String path) {
        String decoded = decoded(path);
        if (decoded(decoded).length() < decoded.length()) {
            return true;
        }
        for (String segment : decoded.replace('\\', '/').split("/", -1)) {
            int parameter = segment.indexOf(';');
            String name = parameter < 0 ? segment : segment.substring(0, parameter);
            if (name.equals(".") || name.equals("..")) {
                return true;
            }
        }
        return false;
    }

    private static String decoded(String path) {
        StringBuilder decoded = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            int octet = octet(path, i);
            decoded.append(octet < 0 ? path.charAt(i) : (char) octet);
            i += octet < 0 ? 0 : 2;
        }
        return decoded.toString();
    }

    /** The octet that an escape at this place stands for, -1 when there is none. */
    private static int octet(String path, int at) {
        if (path.charAt(at) != '%' || at + 2 >= path.length()) {
            return -1;
        }
        int high = Character.digit(path.charAt(at + 1), 16);
        int low = Character.digit(path.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
