package io.drawbridge.bench;

/** The same figure of both servers. */
record Sides<T>(T ours, T stock) {}
