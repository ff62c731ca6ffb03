package io.pingate.servlet.shared;

/** Another jar's way to a store; found by {@link java.util.ServiceLoader}, when a gate is set to share. */
public interface SharedStateProvider {
    /**
     * Prepares to use a store; nothing is connected yet.
     *
     * @param address where it is, maybe with a password
     * @param gate what all gates have in common that share, and no others do that use the same store
     * @return the shared state
     * @throws IllegalArgumentException when the address can't be used; its message is the rule, without the address
     */
    SharedState at(String address, String gate);
}
