package io.drawbridge.bench;

/**
 * Bytes that a server process grew by, for each connection.
 *
 * @param residentBytes as Linux counts the process's memory
 * @param heapBytes live objects, after a full collection
 */
record Footprint(double residentBytes, double heapBytes) {}
