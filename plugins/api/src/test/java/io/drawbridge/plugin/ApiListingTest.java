package io.drawbridge.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Plugins are compiled against this API and run on servers that are newer. So what it consists of
 * is written down: a line that goes, or changes, is a break and wants a new major version; one that
 * comes wants a new minor one ({@code PluginDescriptor.API_MINOR}).
 */
class ApiListingTest {

  private static final Path LISTING =
      Path.of(System.getProperty("drawbridge.root", "../.."))
          .resolve("plugins/api/src/test/resources/api.txt");

  @Test
  void theApiIsWhatTheListingSays() throws Exception {
    String actual = String.join("\n", listing()) + "\n";
    if (Boolean.getBoolean("api.write")) {
      Files.writeString(LISTING, actual);
    }

    assertThat(actual)
        .as(
            "the plugin API has changed. Additions: raise the minor version, and write the listing"
                + " anew: mvn -q -Dquick -pl plugins/api test -Dapi.write=true. Removals and changes"
                + " break plugins that are out there: take them back, or raise the major version")
        .isEqualTo(Files.readString(LISTING));
  }

  private static List<String> listing() throws IOException, URISyntaxException {
    List<String> lines = new ArrayList<>();
    for (Class<?> type : types()) {
      lines.add(type.toGenericString() + ancestors(type));
      Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
          .flatMap(Arrays::stream)
          .map(Member.class::cast)
          .filter(ApiListingTest::visible)
          .map(member -> "  " + line(member))
          .sorted()
          .forEach(lines::add);
    }
    return lines;
  }

  private static String ancestors(Class<?> type) {
    String interfaces =
        Arrays.stream(type.getGenericInterfaces())
            .map(Object::toString)
            .sorted()
            .collect(Collectors.joining(", "));
    return (type.getGenericSuperclass() == null ? "" : " extends " + type.getGenericSuperclass())
        + (interfaces.isEmpty() ? "" : " implements " + interfaces);
  }

  private static String line(Member member) {
    return member instanceof Executable executable
        ? executable.toGenericString()
        : ((Field) member).toGenericString();
  }

  private static boolean visible(Member member) {
    int modifiers = member.getModifiers();
    return !member.isSynthetic()
        && (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers));
  }

  private static List<Class<?>> types() throws IOException, URISyntaxException {
    Path classes =
        Path.of(PluginContext.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> tree = Files.walk(classes)) {
      return tree.map(path -> classes.relativize(path).toString())
          .filter(name -> name.endsWith(".class") && !name.contains("package-info"))
          .sorted()
          .<Class<?>>map(ApiListingTest::load)
          .filter(
              type ->
                  Modifier.isPublic(type.getModifiers())
                      || Modifier.isProtected(type.getModifiers()))
          .toList();
    }
  }

  private static Class<?> load(String file) {
    try {
      return Class.forName(file.substring(0, file.length() - ".class".length()).replace('/', '.'));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
