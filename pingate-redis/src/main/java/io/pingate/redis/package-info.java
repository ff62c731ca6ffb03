/** What gates on several machines share, in Redis or Valkey. */
@NullMarked
package io.pingate.redis;

import org.jspecify.annotations.NullMarked;
