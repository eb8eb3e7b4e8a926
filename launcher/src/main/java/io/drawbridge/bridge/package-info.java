/** The bridge: a session per browser, one consumer per address, a bounded queue per socket. */
@NullMarked
package io.drawbridge.bridge;

import org.jspecify.annotations.NullMarked;
