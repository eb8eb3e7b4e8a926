/** What goes over the wire: bytes to frames and back, error codes, close codes; no I/O. */
@NullMarked
package io.drawbridge.protocol;

import org.jspecify.annotations.NullMarked;
