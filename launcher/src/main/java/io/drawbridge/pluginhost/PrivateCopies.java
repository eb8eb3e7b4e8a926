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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The host's own copies of plugins, one folder each, named by what it holds. A jar that is replaced
 * while its classes are in use takes the process down; these never change.
 */
final class PrivateCopies {

  private final Path directory;
  private final PluginsConfig config;
  private final Map<String, String> sourceBySha = new HashMap<>();

  PrivateCopies(Path directory, PluginsConfig config) {
    this.directory = directory;
    this.config = config;
  }

  /** Makes the folder, for its owner alone, and clears what an earlier run left. */
  void open() throws IOException {
    deleteAll(directory);
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /**
   * Copies a plugin's jars and reads each copy back to see that it is whole.
   *
   * @throws PluginException if they are too large, changed meanwhile, or here already
   */
  PluginArchive take(String source, List<Path> jars) {
    try {
      Path draft = Files.createTempDirectory(directory, "draft-");
      try {
        return take(source, jars, draft);
      } finally {
        deleteAll(draft);
      }
    } catch (IOException e) {
      throw new PluginException(
          source, "", "can't be copied to " + directory + ": " + e, "Look at the disk", e);
    }
  }

  private PluginArchive take(String source, List<Path> jars, Path draft) throws IOException {
    var names = new ArrayList<String>();
    MessageDigest all = sha256();
    String sha = "";
    long left = config.jarBytes();
    for (Path jar : jars) {
      String name = PluginDirectory.name(jar);
      Path copy = draft.resolve(name);
      sha = copy(source, jar, copy, left);
      left -= Files.size(copy);
      all.update((sha + " " + name + "\n").getBytes(StandardCharsets.UTF_8));
      names.add(name);
    }
    String whole = jars.size() == 1 ? sha : HexFormat.of().formatHex(all.digest());
    String earlier = sourceBySha.putIfAbsent(whole, source);
    if (earlier != null) {
      throw new PluginException(
          source, "", "holds the very same as " + earlier, "Remove one of the two");
    }
    Path home = directory.resolve(whole);
    Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
    return new PluginArchive(source, whole, names.stream().map(home::resolve).toList());
  }

  private String copy(String source, Path from, Path to, long left) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(from), digest);
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
    String sha = HexFormat.of().formatHex(digest.digest());
    if (!sha.equals(shaOf(to))) {
      throw new PluginException(
          source, "", "was not copied whole", "Look at the disk of " + directory);
    }
    return sha;
  }

  private static String shaOf(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
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
