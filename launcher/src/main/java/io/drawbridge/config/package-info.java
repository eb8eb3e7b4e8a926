/**
 * Settings: records read from conf/, each of which checks itself and names the place of a mistake.
 */
@NullMarked
package io.drawbridge.config;

import org.jspecify.annotations.NullMarked;
