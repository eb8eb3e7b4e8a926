/**
 * The project that a new plugin begins with. Its files lie among the resources, as they are
 * written, but for the names between at signs.
 */
@NullMarked
package io.drawbridge.launcher.project;

import org.jspecify.annotations.NullMarked;
