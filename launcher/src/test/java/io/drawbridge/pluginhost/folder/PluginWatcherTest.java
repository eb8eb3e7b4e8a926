package io.drawbridge.pluginhost.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.config.PluginsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginWatcherTest {

  private static final long SETTLE = 400;

  /** So long that only an event can have told in time. */
  private static final long NO_SCAN = 60_000;

  @TempDir Path root;
  private final Told told = new Told();
  private Path plugins;
  private PluginWatcher watcher;

  @BeforeEach
  void makeTheFolder() throws Exception {
    plugins = Files.createDirectory(root.resolve("plugins"));
  }

  @AfterEach
  void close() {
    if (watcher != null) {
      watcher.close();
    }
  }

  private void watch(Pace pace) throws Exception {
    watcher = new PluginWatcher(PluginsConfig.defaults(plugins), pace, told);
    watcher.start().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private void watch() throws Exception {
    watch(new Pace(NO_SCAN, SETTLE, 100, true));
  }

  @Test
  void whatLiesThereWholeIsToldOfBeforeTheStartHasEnded() throws Exception {
    Files.write(plugins.resolve("b.jar"), Zip.of(1, 10));
    Files.write(plugins.resolve("a.jar"), Zip.of(2, 10));

    watch(new Pace(NO_SCAN, NO_SCAN, 100, true));

    assertThat(told.next()).isEqualTo("changed a.jar");
    assertThat(told.next()).isEqualTo("changed b.jar");
  }

  @Test
  void aJarMovedIntoPlaceIsToldOfAtOnce() throws Exception {
    watch(new Pace(NO_SCAN, NO_SCAN, 100, true));
    Path temporary = Files.write(plugins.resolve("greet.jar.tmp"), Zip.of(1, 100_000));

    Files.move(temporary, plugins.resolve("greet.jar"), StandardCopyOption.ATOMIC_MOVE);

    assertThat(told.next()).isEqualTo("changed greet.jar");
  }

  @Test
  void aJarThatIsCopiedSlowlyIsToldOfOnceWhenItIsWhole() throws Exception {
    watch(new Pace(20, 20_000, 100, true));
    byte[] jar = Zip.of(1, 50_000);
    Path file = Files.createFile(plugins.resolve("greet.jar"));

    for (int from = 0; from < jar.length; from += 10_000) {
      byte[] step = Arrays.copyOfRange(jar, from, Math.min(jar.length, from + 10_000));
      told.nothingWithin(60);
      Files.write(file, step, StandardOpenOption.APPEND);
    }

    assertThat(told.next()).isEqualTo("changed greet.jar");
    told.nothingWithin(100);
  }

  @Test
  void aJarThatIsWrittenIntoAFileOfItsFullSizeIsToldOfOnceEveryByteIsThere() throws Exception {
    watch(new Pace(20, 20_000, 100, true));
    byte[] jar = Zip.of(1, 50_000);
    byte[] hole = jar.clone();
    Arrays.fill(hole, 20_000, 30_000, (byte) 0);
    Path file = Files.write(plugins.resolve("greet.jar"), hole);
    told.nothingWithin(100);

    Files.write(file, jar);

    assertThat(told.next()).isEqualTo("changed greet.jar");
  }

  @Test
  void halfAJarThatStaysSoIsRefusedOnceWithTheRemedy() throws Exception {
    watch(new Pace(20, SETTLE, 100, true));
    byte[] jar = Zip.of(1, 50_000);
    long begun = System.nanoTime();
    Path file = Files.write(plugins.resolve("greet.jar"), Arrays.copyOf(jar, 30_000));

    assertThat(told.next())
        .startsWith("refused greet.jar: greet.jar: is cut off or damaged")
        .contains("Copy it under another name and move it into place");
    assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(SETTLE * 900_000);
    told.nothingWithin(2 * SETTLE);
    Files.write(file, jar);
    assertThat(told.next()).isEqualTo("changed greet.jar");
  }

  @Test
  void whatIsNoJarIsRefused() throws Exception {
    watch();

    Files.writeString(plugins.resolve("greet.jar"), "no zip at all");

    assertThat(told.next()).startsWith("refused greet.jar: greet.jar: is no jar");
  }

  @Test
  void whatHasLainThereBrokenIsRefusedBeforeTheStartHasEnded() throws Exception {
    Path file = Files.writeString(plugins.resolve("greet.jar"), "no zip at all");
    Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - 60_000));

    watch(new Pace(NO_SCAN, 30_000, 100, true));

    assertThat(told.next()).startsWith("refused greet.jar: greet.jar: is no jar");
  }

  @Test
  void aJarThatVanishesWhileItIsCopiedWasNeverThere() throws Exception {
    watch(new Pace(20, SETTLE, 100, true));
    Path file = Files.write(plugins.resolve("greet.jar"), Arrays.copyOf(Zip.of(1, 50_000), 30_000));
    told.nothingWithin(100);

    Files.delete(file);

    told.nothingWithin(2 * SETTLE);
  }

  @Test
  void aJarThatIsReplacedIsToldOfAgainAlsoWithTheSameSizeAndTime() throws Exception {
    Path file = Files.write(plugins.resolve("greet.jar"), Zip.of(1, 10));
    FileTime time = Files.getLastModifiedTime(file);
    watch();
    assertThat(told.next()).isEqualTo("changed greet.jar");
    Candidate before = told.candidate;
    assertThat(before.unchanged()).isTrue();

    Path other = Files.write(root.resolve("other"), Zip.of(2, 10));
    Files.setLastModifiedTime(other, time);
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);

    assertThat(told.next()).isEqualTo("changed greet.jar");
    assertThat(before.unchanged()).isFalse();
  }

  @Test
  void aJarThatIsTakenAwayIsToldOfAfterAWhile() throws Exception {
    Path file = Files.write(plugins.resolve("greet.jar"), Zip.of(1, 10));
    watch();
    assertThat(told.next()).isEqualTo("changed greet.jar");

    Files.delete(file);

    told.nothingWithin(SETTLE / 2);
    assertThat(told.next()).isEqualTo("removed greet.jar");
  }

  @Test
  void aJarThatIsDeletedAndCopiedAnewStaysOnePlugin() throws Exception {
    Path file = Files.write(plugins.resolve("greet.jar"), Zip.of(1, 10));
    watch();
    assertThat(told.next()).isEqualTo("changed greet.jar");

    Files.delete(file);
    told.nothingWithin(SETTLE / 4);
    Files.write(file, Zip.of(2, 10));

    assertThat(told.next()).isEqualTo("changed greet.jar");
    told.nothingWithin(2 * SETTLE);
  }

  @Test
  void hiddenTemporaryAndForeignFilesArePassedOver() throws Exception {
    for (String name : new String[] {".greet.jar", "greet.jar.part", "README.md"}) {
      Files.write(plugins.resolve(name), Zip.of(1, 10));
    }
    Files.createDirectory(plugins.resolve("folder.tmp"));

    watch(new Pace(20, 0, 100, true));

    told.nothingWithin(200);
  }

  @Test
  void withoutEventsTheReReadSeesEverything() throws Exception {
    watch(new Pace(30, SETTLE, 100, false));

    Path file = Files.write(plugins.resolve("greet.jar"), Zip.of(1, 10));
    assertThat(told.next()).isEqualTo("changed greet.jar");
    Files.write(file, Zip.of(2, 20));
    assertThat(told.next()).isEqualTo("changed greet.jar");
    Files.delete(file);
    assertThat(told.next()).isEqualTo("removed greet.jar");
  }

  @Test
  void noMoreThanItsBoundIsLookedAtAndNoNewcomerPushesOutWhatIsKnown() throws Exception {
    Files.write(plugins.resolve("m.jar"), Zip.of(1, 10));
    watch(new Pace(20, 50, 1, true));
    assertThat(told.next()).isEqualTo("changed m.jar");

    Files.write(plugins.resolve("a.jar"), Zip.of(2, 10));
    told.nothingWithin(300);

    Files.delete(plugins.resolve("m.jar"));
    assertThat(told.next()).isEqualTo("changed a.jar");
    assertThat(told.next()).isEqualTo("removed m.jar");
  }

  @Test
  void closingEndsTheThreadAndNothingIsToldAfterwards() throws Exception {
    watch();
    long begun = System.nanoTime();

    watcher.close();

    assertThat(System.nanoTime() - begun).isLessThan(2_000_000_000L);
    Files.write(plugins.resolve("greet.jar"), Zip.of(1, 10));
    told.nothingWithin(200);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("drawbridge plugins folder"));
  }
}
