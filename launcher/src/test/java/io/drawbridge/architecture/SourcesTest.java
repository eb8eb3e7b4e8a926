package io.drawbridge.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What no compiler checks: sizes, package descriptions, and which pom may name which module. */
class SourcesTest {

  private static final int LINES = 300;
  private static final Path ROOT =
      Path.of(System.getProperty("drawbridge.root", "..")).toAbsolutePath().normalize();

  @Test
  void noFileIsLongerThan300Lines() {
    assertThat(sources())
        .as("a file over %s lines answers more than one question: cut it", LINES)
        .allSatisfy(file -> assertThat(lines(file)).as("lines of %s", file).isLessThan(LINES + 1));
  }

  @Test
  void everyPackageSaysWhatItIsForAndIsNullMarked() {
    List<Path> packages =
        sources().stream()
            .filter(file -> file.toString().endsWith(".java"))
            .map(Path::getParent)
            .distinct()
            .toList();

    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(
            folder ->
                assertThat(folder.resolve("package-info.java"))
                    .exists()
                    .content()
                    .contains("@NullMarked")
                    .startsWith("/**"));
  }

  /** What a module's tests use is no concern of those who run it. */
  @Test
  void pluginsMeetAtAddressesAndNotInPoms() throws Exception {
    assertThat(neededModules("launcher")).containsOnly("drawbridge-plugin-api");
    assertThat(neededModules("plugins/chat")).containsOnly("drawbridge-plugin-api");
    assertThat(neededModules("plugins/persistence")).containsOnly("drawbridge-plugin-api");
  }

  /** The modules of ours that a pom's dependencies name, except those for tests alone. */
  private static List<String> neededModules(String module) throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(ROOT.resolve(module).resolve("pom.xml").toFile());
    NodeList found =
        (NodeList)
            XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                    "/project/dependencies/dependency[groupId='io.drawbridge'][not(scope='test')]"
                        + "/artifactId",
                    pom,
                    XPathConstants.NODESET);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getTextContent())
        .toList();
  }

  /** Java of every module's main code, and the browser's modules; libraries of others aside. */
  private static List<Path> sources() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files.filter(SourcesTest::isMainSource).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isMainSource(Path file) {
    String path = ROOT.relativize(file).toString();
    if (path.contains("node_modules") || path.contains("target/")) {
      return false;
    }
    return (path.contains("src/main/java/") && path.endsWith(".java"))
        || (path.startsWith("webroot") && path.endsWith(".js"));
  }

  private static int lines(Path file) {
    try {
      return Files.readAllLines(file).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
