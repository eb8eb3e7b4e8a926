/**
 * The way in over HTTP: who may connect, from where and for how long, before any route sees the
 * request.
 */
@NullMarked
package io.drawbridge.http;

import org.jspecify.annotations.NullMarked;
