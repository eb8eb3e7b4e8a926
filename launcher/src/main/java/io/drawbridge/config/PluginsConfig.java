package io.drawbridge.config;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where plugins lie and how much one may hold.
 *
 * @param directory the folder with plugin jars; a relative one starts at the server's home
 * @param startSeconds how long one may take to start
 * @param stopSeconds how long all of them together may take to stop
 * @param requestSeconds how long a handler may take for one request
 * @param drainSeconds how long a version that was replaced may take to finish what it took
 * @param keep how many earlier versions of a plugin stay on the disk
 * @param jarBytes how much one plugin's jars may hold together, and one file in them unpacked
 * @param jarEntries the most files in one plugin's jars together
 * @param queue requests of one address that may wait for their turn
 * @param inFlight requests of one address that may be under way
 * @param eventLoops the event loops of all plugins together; 0 lets the server choose
 * @param workers the worker threads that one plugin may have
 * @param allow the SHA-256 of what may run; null allows all
 * @param folder how the plugins folder is watched
 * @param changes how much may happen at once when plugins are changed
 * @param probation how a version that has taken over is watched
 * @param containment what a plugin may do to others
 */
public record PluginsConfig(
    Path directory,
    int startSeconds,
    int stopSeconds,
    int requestSeconds,
    int drainSeconds,
    int keep,
    long jarBytes,
    int jarEntries,
    int queue,
    int inFlight,
    int eventLoops,
    int workers,
    @Nullable Set<String> allow,
    FolderConfig folder,
    ChangesConfig changes,
    ProbationConfig probation,
    ContainmentConfig containment) {

  public PluginsConfig {
    allow = allow == null ? null : Set.copyOf(allow);
    new Checks("/plugins")
        .bounds("startSeconds", startSeconds)
        .bounds("stopSeconds", stopSeconds)
        .bounds("requestSeconds", requestSeconds)
        .bounds("drainSeconds", drainSeconds)
        .bounds("keep", keep)
        .bounds("jarBytes", (double) jarBytes)
        .bounds("jarEntries", jarEntries)
        .bounds("queue", queue)
        .bounds("inFlight", inFlight)
        .bounds("eventLoops", eventLoops)
        .bounds("workers", workers)
        .done();
  }

  /** The documented defaults, with the jars in a folder. */
  public static PluginsConfig defaults(Path directory) {
    return Settings.defaults().plugins().in(directory);
  }

  /** The same, with the jars elsewhere. */
  public PluginsConfig in(Path newDirectory) {
    return new PluginsConfig(
        newDirectory,
        startSeconds,
        stopSeconds,
        requestSeconds,
        drainSeconds,
        keep,
        jarBytes,
        jarEntries,
        queue,
        inFlight,
        eventLoops,
        workers,
        allow,
        folder,
        changes,
        probation,
        containment);
  }
}
