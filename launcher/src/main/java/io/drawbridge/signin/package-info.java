/** The embedded issuer: people of conf/users.json sign in and get a token. */
@NullMarked
package io.drawbridge.signin;

import org.jspecify.annotations.NullMarked;
