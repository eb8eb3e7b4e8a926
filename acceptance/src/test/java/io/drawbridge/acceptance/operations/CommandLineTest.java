package io.drawbridge.acceptance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.acceptance.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

  @TempDir Path folder;

  @Test
  void anUnknownCommandShowsTheUsageAndExitsWith2() {
    Command command = Command.run(folder, "deploi");

    assertThat(command.exit()).isEqualTo(2);
    assertThat(command.err()).contains("'deploi'").contains("Usage:").contains("token");
    assertThat(command.out()).isEmpty();
  }

  @Test
  void anUnknownOptionExitsWith2() {
    assertThat(Command.run(folder, "--prot", "9000").exit()).isEqualTo(2);
  }

  @Test
  void helpAndVersionGoToStdout() {
    assertThat(Command.run(folder, "--help").out()).contains("--port").contains("check");
    assertThat(Command.run(folder, "--version").out()).startsWith("drawbridge ");
  }

  @Test
  void theShippedSettingsAreFine() {
    Command command = Command.run(folder, "check");

    assertThat(command.err()).isEmpty();
    assertThat(command.exit()).isZero();
  }

  @Test
  void checkNamesEveryMistakeByFileAndPointerAndExitsWith2() throws Exception {
    Path conf = copyOfTheConf();
    Files.writeString(
        conf.resolve("drawbridge.json"),
        "{\"http\": {\"prot\": 8080}, \"limits\": {\"queueBytes\": \"1 MB\"}}");

    Command command = Command.run(folder, "check", "--conf", "conf");

    assertThat(command.exit()).isEqualTo(2);
    assertThat(command.err())
        .contains("conf/drawbridge.json:/http/prot")
        .contains("\"port\"")
        .contains("conf/drawbridge.json:/limits/queueBytes");
  }

  @Test
  void aServerWithMistakenSettingsSaysTheSameAndDoesNotStart() throws Exception {
    Path conf = copyOfTheConf();
    Files.writeString(conf.resolve("drawbridge.json"), "{\"htpp\": {}}");

    Command command = Command.run(folder, "--conf", "conf", "--port", "0");

    assertThat(command.exit()).isEqualTo(2);
    assertThat(command.err()).contains("/htpp").contains("\"http\"").doesNotContain("\tat ");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void aTokenIsOneLineAndItsKeyIsItsOwnersAlone() throws Exception {
    Command command =
        Command.run(folder, "token", "--sub", "alice", "--grant", "chat:read,chat:write");

    assertThat(command.exit()).isZero();
    assertThat(command.out()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\n");
    assertThat(Files.getPosixFilePermissions(folder.resolve("data/keys"))).hasSize(3);
  }

  @Test
  void aTokenNeedsASubject() {
    Command command = Command.run(folder, "token", "--grant", "chat:read");

    assertThat(command.exit()).isEqualTo(2);
    assertThat(command.err()).contains("--sub");
  }

  @Test
  void aHashedPasswordSignsIn() {
    Command command = Command.run(folder, Map.of(), "correct horse battery\n", "hash-password");

    assertThat(command.exit()).isZero();
    assertThat(command.out()).startsWith("$argon2id$").endsWith("\n").hasLineCount(1);
  }

  @Test
  void listingPluginsOfNoServerSaysWhatToDo() {
    Command command = Command.run(folder, "plugins", "list");

    assertThat(command.exit()).isEqualTo(1);
    assertThat(command.err()).contains("no server runs on the data folder data").contains("--data");
  }

  private Path copyOfTheConf() throws IOException {
    Path source = ServerProcess.home().resolve("conf");
    Path target = folder.resolve("conf");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(
            file,
            target.resolve(source.relativize(file).toString()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return target;
  }
}
