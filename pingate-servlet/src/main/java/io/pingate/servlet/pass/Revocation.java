package io.pingate.servlet.pass;

import io.pingate.servlet.state.Raised;

/**
 * What has become of ending the tokens of a name.
 *
 * @param tokens how many there were
 * @param gates which gates have taken it up
 */
public record Revocation(int tokens, Raised gates) {}
