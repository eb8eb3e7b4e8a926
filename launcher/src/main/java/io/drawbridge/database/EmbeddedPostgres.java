package io.drawbridge.database;

import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL as a child of the server, in a folder of its own, reached only through a socket file
 * that only its owner may open, with a password besides. While it should run it is started again
 * whenever it ends. Every call blocks.
 */
final class EmbeddedPostgres {

  private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final long LONGEST_PAUSE_MILLIS = 5_000;
  private static final int SPARE_CONNECTIONS = 8;

  private final Path folder;
  private final Cluster cluster;
  private final int connections;
  private final Duration startBound;
  private final Supplier<Unprivileged> rights;
  private @Nullable FileChannel lock;
  private @Nullable SocketFolder sockets;
  private List<String> command = List.of();
  private volatile @Nullable Postmaster postmaster;
  private volatile boolean stopping;

  /** An embedded PostgreSQL for so many connections; the folder must be an absolute path. */
  EmbeddedPostgres(Path folder, int connections, Duration startBound) {
    this(folder, connections, startBound, Unprivileged::find);
  }

  EmbeddedPostgres(
      Path folder, int connections, Duration startBound, Supplier<Unprivileged> rights) {
    this.startBound = startBound;
    this.rights = rights;
    this.folder = folder;
    this.cluster = new Cluster(folder);
    this.connections = connections;
  }

  /** Starts it and returns how to reach it. */
  synchronized PgConnectOptions start() {
    try {
      return open();
    } catch (IOException e) {
      throw new DatabaseException("the database's folder " + folder + " can't be used: " + e, e);
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  private PgConnectOptions open() throws IOException {
    stopping = false;
    OwnFiles.directory(folder);
    lock = lock(folder.resolve("lock"));
    LeftOver.end(cluster.folder());
    Unprivileged unprivileged = rights.get();
    PostgresBinaries binaries = PostgresBinaries.find(folder, cluster.major());
    SocketFolder opened = SocketFolder.open(folder);
    sockets = opened;
    if (unprivileged.owner() != null) {
      opened.giveTo(folder, unprivileged.owner());
    }
    String password = cluster.prepare(binaries, unprivileged);
    command =
        Command.detached(
            unprivileged.command(binaries.command("postgres"), arguments(opened.path())));
    run();
    return new PgConnectOptions()
        .setHost(opened.path().toString())
        .setPort(SocketFolder.PORT)
        .setUser(Cluster.NAME)
        .setPassword(password)
        .setDatabase(Cluster.NAME);
  }

  private void run() throws IOException {
    Postmaster started = Postmaster.start(command, cluster.folder());
    postmaster = started;
    if (stopping) {
      started.stop(STOP);
      return;
    }
    started.awaitReady(startBound);
    LOGGER.atInfo().addKeyValue("pid", started.pid()).log("embedded PostgreSQL runs");
    Thread keeper = new Thread(() -> keep(started), "postgres-keeper");
    keeper.setDaemon(true);
    keeper.start();
  }

  /**
   * Waits for its end, and starts it again, and again with longer pauses, until it runs or shall
   * not.
   */
  private void keep(Postmaster running) {
    running.awaitEnd();
    long pause = 100;
    while (!stopping) {
      LOGGER.atWarn().log("embedded PostgreSQL has ended, and is started again");
      try {
        LeftOver.end(cluster.folder());
        run();
        return;
      } catch (IOException | DatabaseException e) {
        LOGGER.atError().addKeyValue("error", e.getMessage()).log("it does not start");
        Waiting.until(Duration.ofMillis(pause), () -> stopping);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  /** Stops it; its files are consistent, and free for another server, when this returns. */
  void stop() {
    stopping = true;
    Postmaster running = postmaster;
    if (running != null) {
      running.stop(STOP);
      postmaster = null;
    }
    release();
  }

  private synchronized void release() {
    try {
      if (sockets != null) {
        sockets.close();
        sockets = null;
      }
      if (lock != null) {
        lock.close();
        lock = null;
      }
    } catch (IOException e) {
      LOGGER.atWarn().setCause(e).log("the database's folder is not left tidy");
    }
  }

  /** The process of the server itself, for who wants to see it die. */
  long pid() {
    Postmaster running = postmaster;
    return running == null ? -1 : running.pid();
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // The other server lives in this very process.
    }
    channel.close();
    throw new DatabaseException(
        "the database in "
            + path.resolveSibling("")
            + " belongs to another running server: stop that, or name another folder with --data");
  }

  private List<String> arguments(Path socketFolder) {
    List<String> arguments = new ArrayList<>(List.of("-D", cluster.folder().toString()));
    for (String setting :
        List.of(
            "listen_addresses=",
            "unix_socket_directories=" + socketFolder,
            "unix_socket_permissions=0700",
            "fsync=on",
            "full_page_writes=on",
            "synchronous_commit=on",
            "password_encryption=scram-sha-256",
            "max_connections=" + (connections + SPARE_CONNECTIONS),
            // What is said goes to our log, which must not show what people write.
            "logging_collector=off",
            "log_min_error_statement=panic",
            "log_error_verbosity=terse",
            "log_line_prefix=")) {
      arguments.add("-c");
      arguments.add(setting);
    }
    return arguments;
  }
}
