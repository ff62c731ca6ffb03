/** The LLM route: what makes an ordinary {@link io.pingate.proxy.Route} of an LLM server. */
@org.jspecify.annotations.NullMarked
package io.pingate.proxy.llm;
