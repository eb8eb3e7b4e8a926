package io.drawbridge.pluginhost.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentProjectTest {

  private static final Pace EVENTS_ONLY = new Pace(60_000, 150, 1_000, true);

  @TempDir Path root;
  private final Told told = new Told();
  private Path classes;
  private DevelopmentProject project;

  @BeforeEach
  void compile() throws Exception {
    classes = root.resolve("greet/target/classes");
    write("META-INF/drawbridge/plugin.json", "{}");
    write("com/acme/Greet.class", "one");
  }

  @AfterEach
  void close() {
    project.close();
  }

  private void write(String file, String text) throws IOException {
    Path path = classes.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void watch(Pace pace) throws Exception {
    project = new DevelopmentProject(root.resolve("greet"), root.resolve("packed"), pace, told);
    project.start().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static List<String> entries(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }

  @Test
  void whatIsCompiledIsPackedBeforeTheStartHasEnded() throws Exception {
    watch(new Pace(60_000, 50_000, 1_000, true));

    assertThat(told.next()).isEqualTo("changed greet");
    assertThat(told.candidate.path()).isEqualTo(root.resolve("packed/greet.jar"));
    assertThat(entries(told.candidate.path()))
        .containsExactly("META-INF/drawbridge/plugin.json", "com/acme/Greet.class");
  }

  @Test
  void aBuildOfManyFilesIsOneEventSoonAfterItsLast() throws Exception {
    watch(EVENTS_ONLY);
    assertThat(told.next()).isEqualTo("changed greet");

    for (int i = 0; i < 20; i++) {
      write("com/acme/fresh" + i % 3 + "/Part" + i + ".class", "part");
    }
    long saved = System.nanoTime();

    assertThat(told.next()).isEqualTo("changed greet");
    assertThat(System.nanoTime() - saved).as("from saved to told").isLessThan(2_000_000_000L);
    assertThat(entries(told.candidate.path())).hasSize(22);
    told.nothingWithin(400);
  }

  @Test
  void librariesComeAlongAsAFolderOfJars() throws Exception {
    Path lib = Files.createDirectories(root.resolve("greet/target/lib"));
    Files.write(lib.resolve("library.jar"), Zip.of(1, 10));
    watch(EVENTS_ONLY);

    assertThat(told.next()).isEqualTo("changed greet");
    assertThat(told.candidate.jars())
        .containsExactly(
            root.resolve("packed/greet/classes.jar"), root.resolve("packed/greet/library.jar"));

    Files.move(lib.resolve("library.jar"), lib.resolve("other.jar"));
    assertThat(told.next()).isEqualTo("changed greet");
    assertThat(told.candidate.jars())
        .containsExactly(
            root.resolve("packed/greet/classes.jar"), root.resolve("packed/greet/other.jar"));
  }

  @Test
  void aCleanBuildTakesNothingAway() throws Exception {
    watch(EVENTS_ONLY);
    assertThat(told.next()).isEqualTo("changed greet");

    Files.move(root.resolve("greet/target"), root.resolve("old"));
    told.nothingWithin(400);
    write("META-INF/drawbridge/plugin.json", "{}");
    write("com/acme/Greet.class", "two");

    assertThat(told.next()).isEqualTo("changed greet");
    told.nothingWithin(400);
  }

  @Test
  void aProjectThatIsNotCompiledIsRefusedOnceWithTheRemedy() throws Exception {
    Files.delete(classes.resolve("META-INF/drawbridge/plugin.json"));
    watch(new Pace(50, 150, 1_000, false));

    assertThat(told.next())
        .contains("has no target/classes/META-INF/drawbridge/plugin.json")
        .contains("mvn compile");
    told.nothingWithin(400);
  }

  @Test
  void theSameFilesBecomeTheSameBytes() throws Exception {
    watch(EVENTS_ONLY);
    assertThat(told.next()).isEqualTo("changed greet");
    byte[] before = Files.readAllBytes(told.candidate.path());

    write("com/acme/Greet.class", "one");

    assertThat(told.next()).isEqualTo("changed greet");
    assertThat(Files.readAllBytes(told.candidate.path())).isEqualTo(before);
  }

  @Test
  void withoutEventsTheReReadSeesIt() throws Exception {
    watch(new Pace(50, 100, 1_000, false));
    assertThat(told.next()).isEqualTo("changed greet");

    write("com/acme/Greet.class", "two");

    assertThat(told.next()).isEqualTo("changed greet");
  }
}
