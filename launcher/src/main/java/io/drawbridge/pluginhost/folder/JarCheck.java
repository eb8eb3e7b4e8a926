package io.drawbridge.pluginhost.folder;

import io.drawbridge.pluginhost.contract.PluginException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether jars are whole: the directory at the end of each is there, and every file in it can
 * be unpacked and matches its check sum. The JDK alone looks at no check sum here.
 */
final class JarCheck {

  /** How often over a plugin may unpack its bound; more is no plugin but a bomb. */
  private static final int UNPACKED_FACTOR = 16;

  private static final String MOVE = "Copy it under another name and move it into place";

  private final long mostBytes;
  private final int mostEntries;

  JarCheck(long mostBytes, int mostEntries) {
    this.mostBytes = mostBytes;
    this.mostEntries = mostEntries;
  }

  /**
   * Why the jars of one plugin are not whole; null if they are. Blocks, and ends soon if its thread
   * is interrupted.
   */
  @Nullable PluginException problem(String source, List<Path> jars) {
    var reading = new Reading(source);
    for (Path jar : jars) {
      String name = PluginDirectory.name(jar);
      reading.file = name.equals(source) ? name : source + "/" + name;
      try {
        reading.read(jar);
      } catch (PluginException e) {
        return e;
      } catch (IOException e) {
        return reading.unreadable(jar, e);
      }
    }
    return null;
  }

  private final class Reading {

    private final String source;
    private final byte[] chunk = new byte[1 << 16];
    private String file = "";
    private long bytes;
    private long unpacked;
    private long entries;

    Reading(String source) {
      this.source = source;
    }

    private void read(Path jar) throws IOException {
      bytes += Files.size(jar);
      if (bytes > mostBytes) {
        throw new PluginException(
            source,
            "",
            "is larger than " + mostBytes + " bytes",
            "Make it smaller, or raise plugins.jarBytes");
      }
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        entries += zip.size();
        if (entries > mostEntries) {
          throw new PluginException(
              source,
              "",
              "holds more than " + mostEntries + " files",
              "Drop what it does not need, or raise plugins.jarEntries");
        }
        Enumeration<? extends ZipEntry> all = zip.entries();
        while (all.hasMoreElements()) {
          read(zip, all.nextElement());
        }
      }
    }

    private void read(ZipFile zip, ZipEntry entry) throws IOException {
      CRC32 sum = new CRC32();
      long size = 0;
      try (InputStream in = zip.getInputStream(entry)) {
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
          sum.update(chunk, 0, n);
          size += n;
          bound(entry, size, n);
        }
      }
      if (sum.getValue() != entry.getCrc() || size != entry.getSize()) {
        throw new ZipException(entry.getName() + " does not match its check sum");
      }
    }

    private void bound(ZipEntry entry, long size, int more) throws InterruptedIOException {
      unpacked += more;
      if (size > mostBytes || unpacked > UNPACKED_FACTOR * mostBytes) {
        throw new PluginException(
            file + "!" + entry.getName(),
            "",
            "unpacks to more than " + mostBytes + " bytes",
            "Drop it, or raise plugins.jarBytes");
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("the server stops");
      }
    }

    private PluginException unreadable(Path jar, IOException e) {
      if (!(e instanceof ZipException) && !(e instanceof java.io.EOFException)) {
        return new PluginException(file, "", "can't be read: " + e, "Let this user read it", e);
      }
      if (startsLikeAZip(jar)) {
        return new PluginException(file, "", "is cut off or damaged: " + e.getMessage(), MOVE);
      }
      return new PluginException(file, "", "is no jar: " + e.getMessage(), "Build it anew");
    }
  }

  /** Whether a file may be the beginning of a zip; an empty one may become anything. */
  private static boolean startsLikeAZip(Path jar) {
    try (InputStream in = Files.newInputStream(jar)) {
      byte[] head = in.readNBytes(2);
      return head.length < 2 || (head[0] == 'P' && head[1] == 'K');
    } catch (IOException e) {
      return false;
    }
  }
}
