package io.drawbridge.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of a checked tree and gathers what their constructors find wrong. What is already
 * known to be wrong isn't made: its record would complain of the consequences.
 */
final class SettingsMapping {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .addModule(new SimpleModule().addDeserializer(Path.class, new PathDeserializer()))
          .build();

  private final SettingsFile file;
  private final List<Mistake> mistakes;

  SettingsMapping(SettingsFile file, List<Mistake> mistakes) {
    this.file = file;
    this.mistakes = mistakes;
  }

  /** The settings; or null after adding to the mistakes. */
  @Nullable Settings map() {
    HttpConfig http = part("/http", HttpConfig.class);
    if (http != null && http.tls() != null) {
      checkTls(http.tls());
    }
    AuthConfig auth = part("/auth", AuthConfig.class);
    List<PermissionRule> permissions = permissions();
    BridgeConfig bridge = part("/bridge", BridgeConfig.class);
    LimitsConfig limits = part("/limits", LimitsConfig.class);
    PluginsConfig plugins = part("/plugins", PluginsConfig.class);
    DatabaseConfig database = part("/database", DatabaseConfig.class);
    AdminConfig admin = part("/admin", AdminConfig.class);
    LogsConfig logs = part("/logs", LogsConfig.class);
    DiagnosticsConfig diagnostics = part("/diagnostics", DiagnosticsConfig.class);
    if (http == null
        || auth == null
        || bridge == null
        || limits == null
        || plugins == null
        || database == null
        || admin == null
        || logs == null
        || diagnostics == null
        || !mistakes.isEmpty()) {
      return null;
    }
    return new Settings(
        file.directory(),
        http,
        auth,
        permissions,
        bridge,
        limits,
        plugins,
        database,
        admin,
        logs,
        diagnostics);
  }

  private void checkTls(HttpConfig.Tls tls) {
    Complaint certificate = TlsFiles.certificateComplaint(tls.certificate());
    if (certificate != null) {
      mistakes.add(certificate.at(file.name(), "/http/tls/certificate"));
      return;
    }
    Complaint key = TlsFiles.keyComplaint(tls.key(), tls.certificate());
    if (key != null) {
      mistakes.add(key.at(file.name(), "/http/tls/key"));
    }
  }

  private List<PermissionRule> permissions() {
    List<@Nullable PermissionRule> inPlace = new ArrayList<>();
    JsonNode rules = file.tree().path("permissions");
    for (int i = 0; i < rules.size(); i++) {
      inPlace.add(part("/permissions/" + i, PermissionRule.class));
    }
    for (Mistake twin : PermissionRule.twins(inPlace)) {
      mistakes.add(twin.movedTo(file.name(), twin.pointer()));
    }
    List<PermissionRule> made = new ArrayList<>();
    for (PermissionRule rule : inPlace) {
      if (rule != null) {
        made.add(rule);
      }
    }
    return made;
  }

  private <T> @Nullable T part(String pointer, Class<T> type) {
    boolean broken =
        mistakes.stream()
            .filter(mistake -> mistake.file().equals(file.name()))
            .anyMatch(mistake -> (mistake.pointer() + "/").startsWith(pointer + "/"));
    JsonNode tree = file.tree().at(pointer);
    if (broken || !tree.isObject()) {
      return null;
    }
    try {
      return MAPPER.treeToValue(plain((ObjectNode) tree), type);
    } catch (JsonProcessingException refused) {
      if (refused.getCause() instanceof ConfigException said) {
        said.mistakes().forEach(mistake -> mistakes.add(inFile(mistake, pointer)));
        return null;
      }
      throw new IllegalStateException(
          "the schema and " + type.getSimpleName() + " differ", refused);
    }
  }

  private Mistake inFile(Mistake mistake, String part) {
    String place = mistake.pointer().replaceFirst("^/permissions/-", part);
    return mistake.movedTo(file.name(), place);
  }

  /** "same" is a word for an empty list of foreign origins. */
  private static ObjectNode plain(ObjectNode tree) {
    if (tree.path("origins").isTextual()) {
      tree.putArray("origins");
    }
    return tree;
  }

  private static final class PathDeserializer extends FromStringDeserializer<Path> {
    private static final long serialVersionUID = 1L;

    private PathDeserializer() {
      super(Path.class);
    }

    @Override
    protected Path _deserialize(String value, DeserializationContext context) throws IOException {
      return Path.of(value);
    }
  }
}
