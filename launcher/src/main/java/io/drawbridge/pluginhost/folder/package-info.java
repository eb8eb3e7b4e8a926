/**
 * The ways in by files: the folder that ops put plugins in and, for authors, a project's build
 * output. What lies there becomes events, one after the other; nothing here runs plugin code.
 */
@NullMarked
package io.drawbridge.pluginhost.folder;

import org.jspecify.annotations.NullMarked;
