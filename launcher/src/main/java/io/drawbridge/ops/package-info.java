/** Health, metrics, the admin API and the audit log. */
@NullMarked
package io.drawbridge.ops;

import org.jspecify.annotations.NullMarked;
