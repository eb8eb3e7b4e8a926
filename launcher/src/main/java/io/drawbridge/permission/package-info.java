/** Who may do what: tokens become subjects, address rules become decisions. */
@NullMarked
package io.drawbridge.permission;

import org.jspecify.annotations.NullMarked;
