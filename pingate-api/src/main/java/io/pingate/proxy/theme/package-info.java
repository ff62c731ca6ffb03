/** The theme: a style sheet in HTML pages, and what it changes in their heads. */
@org.jspecify.annotations.NullMarked
package io.pingate.proxy.theme;
