/** Tests of the program: real sockets, real processes. */
package io.pingate.standalone;
