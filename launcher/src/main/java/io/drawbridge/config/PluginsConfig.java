package io.drawbridge.config;

import java.nio.file.Path;

/**
 * Where plugins lie and how much one may hold.
 *
 * @param directory the folder with plugin jars
 * @param startSeconds how long one may take to start
 * @param jarBytes the largest jar
 * @param queue requests of one address that may wait for their turn
 * @param inFlight requests of one address that may be under way
 */
public record PluginsConfig(
    Path directory, int startSeconds, long jarBytes, int queue, int inFlight) {}
