/** Plugins to try the test kit on. */
@NullMarked
package io.drawbridge.testkit.sample;

import org.jspecify.annotations.NullMarked;
