package io.drawbridge.permission;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.drawbridge.config.AuthConfig;
import io.drawbridge.config.ConfigException;
import io.drawbridge.config.Mistake;
import io.drawbridge.config.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

/** Reads the key files of an external issuer: PEM, one JWK, or a set of them. */
final class KeyFiles {

  private static final int LONGEST = 256 * 1024;
  private static final String SUGGESTION =
      "Give a PEM file with one public key or certificate, or a JWK or JWKS file";

  private final JwkReader reader;
  private final List<TokenKey> keys = new ArrayList<>();
  private final List<Mistake> mistakes = new ArrayList<>();

  private KeyFiles(JwkReader reader) {
    this.reader = reader;
  }

  /**
   * Reads all of them.
   *
   * @throws ConfigException with what is wrong with each, never with a key
   */
  static List<TokenKey> read(List<AuthConfig.KeyFile> files, JwkReader reader) {
    var all = new KeyFiles(reader);
    for (int i = 0; i < files.size(); i++) {
      all.add(files.get(i), "/auth/keys/" + i);
    }
    if (!all.mistakes.isEmpty()) {
      throw new ConfigException(all.mistakes);
    }
    return all.keys;
  }

  private void add(AuthConfig.KeyFile file, String pointer) {
    Path path = file.file();
    try {
      for (JWK jwk : parse(path)) {
        keys.add(reader.read(jwk, file.algorithm()));
      }
    } catch (UnusableKeyException unusable) {
      mistake(pointer, path + ": the key " + unusable.getMessage());
    } catch (IOException | ParseException | RuntimeException unreadable) {
      // The parsers' messages may quote the file.
      mistake(pointer, path + " can't be read as a key");
    }
  }

  private void mistake(String pointer, String problem) {
    mistakes.add(new Mistake(SettingsReader.FILE, pointer, problem, SUGGESTION));
  }

  private static List<JWK> parse(Path path)
      throws IOException, ParseException, UnusableKeyException {
    if (Files.size(path) > LONGEST) {
      throw new UnusableKeyException("file is larger than 256 KiB");
    }
    String text = Files.readString(path).strip();
    if (!text.startsWith("{")) {
      return List.of(PemKey.parse(text));
    }
    List<JWK> keys =
        text.contains("\"keys\"") ? JWKSet.parse(text).getKeys() : List.of(JWK.parse(text));
    if (keys.isEmpty()) {
      throw new UnusableKeyException("set is empty");
    }
    return keys;
  }
}
