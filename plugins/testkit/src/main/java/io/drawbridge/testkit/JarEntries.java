package io.drawbridge.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The files of jars by their names, and back. */
final class JarEntries {

  private static final String SERVICES = "META-INF/services/";

  private JarEntries() {}

  static Map<String, byte[]> ofProject(Path classes, Path libraries) throws IOException {
    if (!Files.isDirectory(classes)) {
      throw new IOException(classes + " is not there: compile the project (mvn test does)");
    }
    Map<String, byte[]> entries = new TreeMap<>();
    for (Path file : files(classes)) {
      String name = classes.relativize(file).toString().replace('\\', '/');
      entries.put(name, Files.readAllBytes(file));
    }
    if (Files.isDirectory(libraries)) {
      for (Path jar : files(libraries)) {
        if (jar.toString().endsWith(".jar")) {
          ofJar(jar).forEach((name, bytes) -> add(entries, name, bytes));
        }
      }
    }
    return entries;
  }

  static Map<String, byte[]> ofJar(Path jar) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (InputStream file = Files.newInputStream(jar);
        ZipInputStream in = new ZipInputStream(file)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory()) {
          entries.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return entries;
  }

  /** What is about one jar as a whole is not true of all of them together. */
  private static void add(Map<String, byte[]> entries, String name, byte[] bytes) {
    boolean ofTheJar =
        name.equals("META-INF/MANIFEST.MF")
            || name.endsWith("module-info.class")
            || name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    if (!ofTheJar) {
      entries.merge(
          name, bytes, (first, second) -> name.startsWith(SERVICES) ? both(first, second) : first);
    }
  }

  private static byte[] both(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.write('\n');
    both.writeBytes(second);
    return both.toByteArray();
  }

  static byte[] pack(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> each : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(each.getKey());
        entry.setTime(0);
        out.putNextEntry(entry);
        out.write(each.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return new ArrayList<>(tree.filter(Files::isRegularFile).sorted().toList());
    }
  }
}
