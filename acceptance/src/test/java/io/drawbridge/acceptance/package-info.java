/** The assembled server, started as people start it and looked at from outside. */
package io.drawbridge.acceptance;
