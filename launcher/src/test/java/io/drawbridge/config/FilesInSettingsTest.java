package io.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that settings name: there, readable, and what they should be. */
class FilesInSettingsTest {

  private static final char[] PASSWORD = "for-this-test".toCharArray();

  @TempDir Path directory;

  @Test
  void namesAMissingFileAndTheNearestOneBesideIt() throws Exception {
    Files.createDirectory(directory.resolve("schemas"));
    Files.writeString(directory.resolve("schemas/chat-post.json"), "{}");

    assertThat(
            mistakes(
                "{\"permissions\": [{\"address\": \"a\", \"send\": \"x\", \"schema\": \"schemas/chat-pots.json\"}]}"))
        .containsExactly(
            "settings:/permissions/0/schema: there is no file "
                + directory.resolve("schemas/chat-pots.json")
                + ". Did you mean schemas/chat-post.json?");
  }

  @Test
  void namesTheMistakesInsideASchemaFile() throws Exception {
    Path schema = directory.resolve("post.json");
    Files.writeString(schema, "{\"type\": \"objekt\", \"maxLength\": -1}");

    assertThat(
            mistakes(
                "{\"permissions\": [{\"address\": \"a\", \"send\": \"x\", \"schema\": \"post.json\"}]}"))
        .anyMatch(line -> line.startsWith(schema + ":/type: "))
        .anyMatch(line -> line.startsWith(schema + ":/maxLength: -1 is too small"));
  }

  @Test
  void looksForPeopleAndKeysOnlyWhereSettingsNameThem() {
    assertThat(mistakes("{}")).isEmpty();
    assertThat(
            mistakes(
                """
                {"auth": {"login": {"users": "people.json"}, "keys": [{"file": "issuer.pem"}],
                          "issuer": "i", "audience": ["a"]}}
                """))
        .hasSize(2)
        .allMatch(line -> line.contains("there is no file"));
  }

  @Test
  void acceptsACertificateWithItsKey() throws Exception {
    writePair("server");

    assertThat(tlsMistakes("server.pem", "server.key")).isEmpty();
  }

  @Test
  void refusesTheKeyOfAnotherCertificate() throws Exception {
    writePair("server");
    writePair("other");

    assertThat(tlsMistakes("server.pem", "other.key"))
        .containsExactly(
            "settings:/http/tls/key: "
                + directory.resolve("other.key")
                + " doesn't belong to the certificate. Give the key it was made for");
  }

  @Test
  void refusesFilesThatHoldSomethingElse() throws Exception {
    writePair("server");

    assertThat(tlsMistakes("server.key", "server.key"))
        .singleElement()
        .asString()
        .contains("/http/tls/certificate: ", "holds no certificate");
    assertThat(tlsMistakes("server.pem", "server.pem"))
        .singleElement()
        .asString()
        .contains("/http/tls/key: ", "holds no private key");
  }

  @Test
  void refusesAnEncryptedKey() throws Exception {
    writePair("server");
    String plain = Files.readString(directory.resolve("server.key"));
    Files.writeString(
        directory.resolve("server.key"), plain.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));

    assertThat(tlsMistakes("server.pem", "server.key"))
        .singleElement()
        .asString()
        .contains("is encrypted. Decrypt it: openssl pkey");
  }

  private List<String> tlsMistakes(String certificate, String key) {
    return mistakes(
        "{\"http\": {\"tls\": {\"certificate\": \"%s\", \"key\": \"%s\"}}}"
            .formatted(certificate, key));
  }

  private List<String> mistakes(String json) {
    return Mistakes.in(json, directory, Map.of());
  }

  /** Makes NAME.pem and NAME.key with the JDK's own tool. */
  private void writePair(String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    write(name + ".pem", "CERTIFICATE", keys.getCertificate("it").getEncoded());
    write(name + ".key", "PRIVATE KEY", keys.getKey("it", PASSWORD).getEncoded());
  }

  private void write(String name, String label, byte[] content) throws IOException {
    String base64 = Base64.getMimeEncoder().encodeToString(content);
    Files.writeString(
        directory.resolve(name),
        "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");
  }
}
