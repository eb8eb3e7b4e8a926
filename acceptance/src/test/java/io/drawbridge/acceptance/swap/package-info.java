/** A plugin that changes while clients talk to it: what they must not notice. */
package io.drawbridge.acceptance.swap;
