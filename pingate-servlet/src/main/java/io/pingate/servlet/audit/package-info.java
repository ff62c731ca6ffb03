/** The audit log: who came in, who didn't, and who went. */
@NullMarked
package io.pingate.servlet.audit;

import org.jspecify.annotations.NullMarked;
