/** The test kit, tried on plugins that behave and on others that don't. */
@NullMarked
package io.drawbridge.testkit;

import org.jspecify.annotations.NullMarked;
