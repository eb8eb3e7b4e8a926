/** Starts and stops the server: the one package that sees all others. */
@NullMarked
package io.drawbridge.launcher;

import org.jspecify.annotations.NullMarked;
