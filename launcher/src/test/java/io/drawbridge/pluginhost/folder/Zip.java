package io.drawbridge.pluginhost.folder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Bytes of zips, as files of tests. */
final class Zip {

  private Zip() {}

  /** A whole zip of one incompressible file; another seed gives another one as long. */
  static byte[] of(int seed, int size) {
    var bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return of("some/File.class", bytes);
  }

  static byte[] of(String name, byte[] bytes) {
    try {
      var out = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(out)) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
