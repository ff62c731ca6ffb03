package io.pingate.standalone.doctor;

/**
 * What a check has found.
 *
 * @param level how bad it is
 * @param what what was seen; never a secret
 * @param remedy what to do about it; empty when there is nothing to do
 */
record Finding(Level level, String what, String remedy) {
    static Finding ok(String what) {
        return new Finding(Level.OK, what, "");
    }

    static Finding warn(String what, String remedy) {
        return new Finding(Level.WARN, what, remedy);
    }

    static Finding fail(String what, String remedy) {
        return new Finding(Level.FAIL, what, remedy);
    }

    static Finding skipped(String why) {
        return new Finding(Level.SKIPPED, why, "");
    }
}
