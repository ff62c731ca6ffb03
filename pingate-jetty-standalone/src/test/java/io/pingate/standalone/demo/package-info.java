/** Tests of the demo's upstream, without a gate before it. */
package io.pingate.standalone.demo;
