/** What Tomcat offers beyond the Servlet API: ends of tunnels, cuts, content types as they came. */
@NullMarked
package io.pingate.servlet.proxy.client.tomcat;

import org.jspecify.annotations.NullMarked;
