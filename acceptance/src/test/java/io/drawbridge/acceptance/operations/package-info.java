/** Starting, failing to start, watching and stopping: what ops meet. */
package io.drawbridge.acceptance.operations;
