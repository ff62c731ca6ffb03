package io.pingate.servlet.proxy;

import io.pingate.HeaderFields;
import io.pingate.proxy.BodyStage;
import org.jspecify.annotations.Nullable;

/**
 * What the theme makes of a response.
 *
 * @param fields the fields in place of the upstream's; without Content-Length when there is a body stage, which
 *     may come to know it
 * @param body each chunk of the upstream's body goes through it and is flushed to the client once it has been polled
 *     empty; to be closed however the exchange ends; null when the body passes as it is
 */
record ThemedResponse(HeaderFields fields, @Nullable BodyStage body) {}
