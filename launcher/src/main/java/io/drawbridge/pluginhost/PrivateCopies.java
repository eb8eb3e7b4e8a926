package io.drawbridge.pluginhost;

import io.drawbridge.config.PluginsConfig;
import io.drawbridge.pluginhost.contract.PluginException;
import io.drawbridge.pluginhost.folder.PluginDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The host's own copies of plugins, one folder each, named by what it holds. A jar that is replaced
 * while its classes are in use takes the process down; these never change, and stay as long as
 * somebody may want to go back to them.
 */
final class PrivateCopies {

  private static final String DRAFT = "draft-";
  private static final String ONLY_JAR = "plugin.jar";

  private final Path directory;
  private final PluginsConfig config;

  PrivateCopies(Path directory, PluginsConfig config) {
    this.directory = directory;
    this.config = config;
  }

  /** Makes the folder, for its owner alone, and clears what a crash left half done. */
  void open() throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    for (Path left : list(name -> name.startsWith(DRAFT))) {
      deleteAll(left);
    }
  }

  /** Deletes every folder but the copies with those hashes, and what is being copied. */
  void keepOnly(Set<String> hashes) throws IOException {
    for (Path other : list(name -> !name.startsWith(DRAFT) && !hashes.contains(name))) {
      if (Files.isDirectory(other)) {
        deleteAll(other);
      }
    }
  }

  private List<Path> list(Predicate<String> wanted) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(entry -> wanted.test(PluginDirectory.name(entry))).toList();
    }
  }

  /**
   * Copies a plugin's jars and reads each copy back to see that it is whole.
   *
   * @throws PluginException if they are too large or changed meanwhile, or the disk is full
   */
  PluginArchive take(String source, List<Path> jars) {
    try {
      Path draft = Files.createTempDirectory(directory, DRAFT);
      try {
        return take(source, jars, draft);
      } finally {
        deleteAll(draft);
      }
    } catch (NoSuchFileException e) {
      throw new PluginException(
          source, "", "went away while it was read", "Put it there again, under its final name");
    } catch (IOException e) {
      throw new PluginException(
          source,
          "",
          "can't be copied to " + directory + ": " + e,
          "Look at the disk: is there room, and may this user write?",
          e);
    }
  }

  private PluginArchive take(String source, List<Path> jars, Path draft) throws IOException {
    var drafted = new ArrayList<Path>();
    long left = config.jarBytes();
    for (Path jar : jars) {
      // One jar is the same plugin whatever it is called; of several the names tell them apart.
      Path copy = draft.resolve(jars.size() == 1 ? ONLY_JAR : PluginDirectory.name(jar));
      copy(source, jar, copy, left);
      left -= Files.size(copy);
      drafted.add(copy);
    }
    String hash = hashOf(drafted);
    PluginArchive earlier = find(source, hash);
    if (earlier != null) {
      return earlier;
    }
    Path home = directory.resolve(hash);
    deleteAll(home);
    Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
    return new PluginArchive(
        source, hash, drafted.stream().map(copy -> home.resolve(copy.getFileName())).toList());
  }

  /** A copy that is here already; null if it is not, or not whole any more. */
  @Nullable PluginArchive find(String source, String hash) throws IOException {
    Path home = directory.resolve(hash);
    if (!Files.isDirectory(home)) {
      return null;
    }
    try (Stream<Path> entries = Files.list(home)) {
      List<Path> jars = entries.sorted().toList();
      return hashOf(jars).equals(hash) ? new PluginArchive(source, hash, jars) : null;
    }
  }

  /** Of one jar its SHA-256; of several that of their names and hashes. */
  private static String hashOf(List<Path> jars) throws IOException {
    MessageDigest all = sha256();
    String hash = "";
    for (Path jar : jars) {
      hash = hashOf(jar);
      all.update((hash + " " + PluginDirectory.name(jar) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return jars.size() == 1 ? hash : HexFormat.of().formatHex(all.digest());
  }

  private static String hashOf(Path jar) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(jar), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void copy(String source, Path from, Path to, long left) throws IOException {
    MessageDigest read = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(from), read);
        OutputStream out = Files.newOutputStream(to)) {
      byte[] chunk = new byte[1 << 16];
      long copied = 0;
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        copied += n;
        if (copied > left) {
          throw new PluginException(
              source,
              "",
              "is larger than " + config.jarBytes() + " bytes",
              "Make it smaller, or raise plugins.jarBytes");
        }
        out.write(chunk, 0, n);
      }
    }
    if (!hashOf(to).equals(HexFormat.of().formatHex(read.digest()))) {
      throw new PluginException(
          source, "", "was not copied whole to " + directory, "Look at the disk");
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // Nothing to delete: moved to its place, or never made.
    }
  }
}
