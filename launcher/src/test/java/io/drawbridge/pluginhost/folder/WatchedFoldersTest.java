package io.drawbridge.pluginhost.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.config.PluginsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of jars, links that are swapped, and a plugins folder that comes and goes. */
class WatchedFoldersTest {

  private static final long SETTLE = 400;
  private static final Pace EVENTS_ONLY = new Pace(60_000, SETTLE, 100, true);

  @TempDir Path root;
  private final Told told = new Told();
  private PluginWatcher watcher;

  @AfterEach
  void close() {
    watcher.close();
  }

  private void watch(Path plugins, Pace pace) throws Exception {
    watcher = new PluginWatcher(PluginsConfig.defaults(plugins), pace, told);
    watcher.start().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void aFolderOfJarsIsOneEventOnceItHasBeenLeftAlone() throws Exception {
    Path plugins = Files.createDirectory(root.resolve("plugins"));
    watch(plugins, EVENTS_ONLY);

    Path folder = Files.createDirectory(plugins.resolve("greet"));
    Files.write(folder.resolve("greet.jar"), Zip.of(1, 10));
    told.nothingWithin(SETTLE / 2);
    Files.write(folder.resolve("library.jar"), Zip.of(2, 10));
    told.nothingWithin(SETTLE / 2);

    assertThat(told.next()).isEqualTo("changed greet");
    Files.write(folder.resolve("library.jar"), Zip.of(3, 20));
    assertThat(told.next()).isEqualTo("changed greet");
    told.nothingWithin(2 * SETTLE);
  }

  @Test
  void aFolderWithHalfAJarIsRefusedAndNamesTheFile() throws Exception {
    Path plugins = Files.createDirectory(root.resolve("plugins"));
    watch(plugins, EVENTS_ONLY);

    Path folder = Files.createDirectory(plugins.resolve("greet"));
    Files.write(folder.resolve("greet.jar"), Zip.of(1, 10));
    Files.write(folder.resolve("library.jar"), Arrays.copyOf(Zip.of(2, 9_000), 5_000));

    assertThat(told.next()).startsWith("refused greet: greet/library.jar: is cut off");
  }

  @Test
  void anEmptyFolderIsRefused() throws Exception {
    Path plugins = Files.createDirectory(root.resolve("plugins"));
    watch(plugins, EVENTS_ONLY);

    Files.createDirectory(plugins.resolve("greet"));

    assertThat(told.next()).startsWith("refused greet: greet: holds no jar");
  }

  @Test
  void aLinkOutOfTheFolderIsRefused() throws Exception {
    Path plugins = Files.createDirectory(root.resolve("plugins"));
    Path outside = Files.write(root.resolve("outside.jar"), Zip.of(1, 10));
    watch(plugins, EVENTS_ONLY);

    Files.createSymbolicLink(plugins.resolve("greet.jar"), outside);

    assertThat(told.next()).contains("is a link out of the plugins folder");
  }

  @Test
  void theLinksOfAKubernetesMountAreSwappedAsOne() throws Exception {
    Path plugins = Files.createDirectory(root.resolve("plugins"));
    Path first = Files.createDirectory(plugins.resolve("..first"));
    Path second = Files.createDirectory(plugins.resolve("..second"));
    Files.write(first.resolve("greet.jar"), Zip.of(1, 10));
    Files.write(second.resolve("greet.jar"), Zip.of(2, 10));
    Files.createSymbolicLink(plugins.resolve("..data"), Path.of("..first"));
    Files.createSymbolicLink(plugins.resolve("greet.jar"), Path.of("..data/greet.jar"));
    watch(plugins, EVENTS_ONLY);
    assertThat(told.next()).isEqualTo("changed greet.jar");

    swap(plugins.resolve("..data"), Path.of("..second"));

    assertThat(told.next()).isEqualTo("changed greet.jar");
    told.nothingWithin(2 * SETTLE);
  }

  @Test
  void aPluginsFolderThatIsALinkIsFollowedWhereverItLeads() throws Exception {
    Path first = Files.createDirectory(root.resolve("first"));
    Path second = Files.createDirectory(root.resolve("second"));
    Files.write(first.resolve("greet.jar"), Zip.of(1, 10));
    Files.write(second.resolve("greet.jar"), Zip.of(2, 10));
    Path plugins = Files.createSymbolicLink(root.resolve("plugins"), first);
    watch(plugins, EVENTS_ONLY);
    assertThat(told.next()).isEqualTo("changed greet.jar");

    swap(plugins, second);
    assertThat(told.next()).isEqualTo("changed greet.jar");

    Files.write(second.resolve("chat.jar"), Zip.of(3, 10));
    assertThat(told.next()).isEqualTo("changed chat.jar");
  }

  @Test
  void aMissingFolderIsNoErrorAndIsFoundWhenItComes() throws Exception {
    Path plugins = root.resolve("plugins");
    watch(plugins, EVENTS_ONLY);

    Files.createDirectory(plugins);
    Files.write(plugins.resolve("greet.jar"), Zip.of(1, 10));

    assertThat(told.next()).isEqualTo("changed greet.jar");
  }

  @Test
  void aFolderThatGoesAwayTakesNoPluginWithIt() throws Exception {
    Path plugins = Files.createDirectory(root.resolve("plugins"));
    Files.write(plugins.resolve("greet.jar"), Zip.of(1, 10));
    watch(plugins, new Pace(20, 50, 100, true));
    assertThat(told.next()).isEqualTo("changed greet.jar");

    Files.move(plugins, root.resolve("elsewhere"));
    told.nothingWithin(300);

    Files.createDirectory(plugins);
    assertThat(told.next()).isEqualTo("removed greet.jar");
  }

  /** As Kubernetes does it: a new link is moved over the old one. */
  private static void swap(Path link, Path target) throws Exception {
    Path next = link.resolveSibling("..next");
    Files.createSymbolicLink(next, target);
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
  }
}
