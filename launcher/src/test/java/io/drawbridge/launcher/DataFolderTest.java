package io.drawbridge.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir Path parent;

  @Test
  void isMadeForItsOwnerAlone() throws Exception {
    Path path = parent.resolve("some/data");

    try (DataFolder data = DataFolder.open(path)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void belongsToOneServerAtATime() throws Exception {
    try (DataFolder first = DataFolder.open(parent)) {
      first.announce("http://127.0.0.1:8080");

      assertThatThrownBy(() -> DataFolder.open(parent))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining(parent.toString())
          .hasMessageContaining("the server at http://127.0.0.1:8080 (pid ")
          .hasMessageContaining("--data");
    }
    DataFolder.open(parent).close();
  }

  @Test
  void tellsOtherCommandsWhereTheServerIsWhileItRuns() throws Exception {
    try (DataFolder data = DataFolder.open(parent)) {
      data.announce("http://127.0.0.1:8080");

      JsonObject server = new JsonObject(Files.readString(parent.resolve("server.json")));
      assertThat(server.getString("url")).isEqualTo("http://127.0.0.1:8080");
      assertThat(server.getLong("pid")).isEqualTo(ProcessHandle.current().pid());

      data.withdraw();
      assertThat(parent.resolve("server.json")).doesNotExist();
    }
  }

  @Test
  void saysWhatToDoWhereItCannotBeWritten() throws Exception {
    Path file = Files.writeString(parent.resolve("file"), "");

    assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(file.resolve("data").toString())
        .hasMessageContaining("--data");
  }
}
