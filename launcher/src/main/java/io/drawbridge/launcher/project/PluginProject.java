package io.drawbridge.launcher.project;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/** A plugin's project before anybody has changed it. */
public final class PluginProject {

  /** Each file with the template that it is made of. */
  private record Source(String path, String template) {}

  private static final List<Source> SOURCES =
      List.of(
          new Source("pom.xml", "pom.xml"),
          new Source("README.md", "README.md"),
          new Source(".gitignore", "gitignore"),
          new Source("src/main/resources/META-INF/drawbridge/plugin.json", "plugin.json"),
          new Source("src/main/java/@folder@/@Name@Verticle.java", "Verticle.java.txt"),
          new Source("src/main/java/@folder@/package-info.java", "package-info.java.txt"),
          new Source("src/test/java/@folder@/@Name@Test.java", "Test.java.txt"));

  private final String name;
  private final String javaPackage;
  private final String serverVersion;

  /**
   * A project that is not yet written.
   *
   * @param name a plugin's id, such as {@code order-desk}
   * @param javaPackage of its classes, lower-case
   * @param serverVersion which plugin API and test kit it is built with
   */
  public PluginProject(String name, String javaPackage, String serverVersion) {
    this.name = name;
    this.javaPackage = javaPackage;
    this.serverVersion = serverVersion;
  }

  /** Whether a part of the package's name means something else to Java. */
  public static boolean isKeyword(String javaPackage) {
    return Arrays.stream(javaPackage.split("\\.", -1)).anyMatch(SourceVersion::isKeyword);
  }

  /**
   * Writes all files.
   *
   * @param folder is made; it must not be there yet
   */
  public void writeTo(Path folder) throws IOException {
    for (Source each : SOURCES) {
      Path file = folder.resolve(filled(each.path()));
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, filled(template(each.template())));
    }
  }

  private String filled(String text) {
    return text.replace("@name@", name)
        .replace("@address@", name.replace('-', '.'))
        .replace("@Name@", className())
        .replace("@package@", javaPackage)
        .replace("@folder@", javaPackage.replace('.', '/'))
        .replace("@server@", serverVersion);
  }

  private String className() {
    return Arrays.stream(name.split("-", -1))
        .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
        .collect(Collectors.joining());
  }

  private static String template(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PluginProject.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
