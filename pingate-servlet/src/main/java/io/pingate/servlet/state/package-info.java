/** What outlives a restart: the key, and how often everybody was signed out. Takes a folder, knows no settings. */
@NullMarked
package io.pingate.servlet.state;

import org.jspecify.annotations.NullMarked;
