package io.pingate.servlet.state;

/**
 * How far something went that all gates are to heed.
 *
 * @param elsewhere whether gates on other machines are told, too
 * @param fault why they aren't; empty unless it failed
 */
public record Reach(boolean elsewhere, String fault) {
    /** Gates of this state folder alone, since there are no others. */
    public static final Reach HERE = new Reach(false, "");

    /** Other machines have it. */
    public static final Reach EVERYWHERE = new Reach(true, "");

    /** {@return what is known when they could not be told} */
    public static Reach failed(String reason) {
        return new Reach(false, reason);
    }

    /** {@return whether gates that were meant were not told} */
    public boolean failed() {
        return !fault.isEmpty();
    }
}
