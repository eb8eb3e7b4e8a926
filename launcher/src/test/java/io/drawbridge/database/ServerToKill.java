package io.drawbridge.database;

import io.drawbridge.config.DatabaseConfig;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Keeps a row in the embedded database, says so, and waits to be killed. */
final class ServerToKill {

  private ServerToKill() {}

  public static void main(String[] arguments) throws InterruptedException {
    var config = new DatabaseConfig(null, 2, 10, 5_000, 60, 30);
    var database = new SharedDatabase(Vertx.vertx(), config, Path.of(arguments[0]));
    var pool = Await.await(database.pool());
    Await.await(pool.query("CREATE TABLE kept AS SELECT 42 AS answer").execute());
    System.out.println("kept");
    new CountDownLatch(1).await();
  }
}
