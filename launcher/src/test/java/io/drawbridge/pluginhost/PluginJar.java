package io.drawbridge.pluginhost;

import io.drawbridge.pluginhost.contract.PluginDescriptor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** A jar that a test makes: of sources that it compiles, a descriptor and whatever else. */
final class PluginJar {

  private static final Map<String, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final List<Path> libraries = new ArrayList<>();

  /** The usual plugin: one verticle of the given body, and the addresses of its descriptor. */
  static PluginJar plugin(String id, String addresses, String body) {
    return new PluginJar().descriptor(descriptor(id, addresses, "")).verticle(id, body);
  }

  /** A descriptor for the class of {@link #verticle}; {@code more} is further keys. */
  static String descriptor(String id, String addresses, String more) {
    return """
        {"id": "%s", "version": "1.0.0", "api": "^1.0", "verticle": "%s.TestVerticle"%s,
         "addresses": [%s]}"""
        .formatted(id, id, more.isEmpty() ? "" : ", " + more, addresses);
  }

  static String request(String address) {
    return """
        {"address": "%s", "kind": "request", "summary": "A test's"}"""
        .formatted(address);
  }

  PluginJar descriptor(String json) {
    return entry(PluginDescriptor.ENTRY, json);
  }

  /** A public class {@code <id>.TestVerticle} of the given members. */
  PluginJar verticle(String id, String members) {
    return source(
        id + ".TestVerticle",
        """
        package %s;
        import io.drawbridge.plugin.*;
        import io.vertx.core.*;
        import io.vertx.core.Future;
        import io.vertx.core.json.*;
        import java.time.Duration;
        import java.util.*;
        import java.util.concurrent.*;
        public class TestVerticle extends HandlerVerticle {
          private static Future<JsonObject> reply(Object value) {
            return Future.succeededFuture(new JsonObject().put("value", value));
          }
          %s
        }
        """
            .formatted(id, members));
  }

  PluginJar source(String className, String text) {
    sources.put(className, text);
    return this;
  }

  PluginJar entry(String name, String text) {
    entries.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  PluginJar entry(String name, byte[] bytes) {
    entries.put(name, bytes);
    return this;
  }

  /** Compiles against another jar, which is not packed. */
  PluginJar against(Path library) {
    libraries.add(library);
    return this;
  }

  Path writeTo(Path jar) {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out)) {
      for (var entry : entries.entrySet()) {
        put(zip, entry.getKey(), entry.getValue());
      }
      for (var entry : compiled().entrySet()) {
        put(zip, entry.getKey(), entry.getValue());
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what the jar would hold into a folder, as a build does. */
  void compileTo(Path classes) {
    try {
      Map<String, byte[]> all = new TreeMap<>(entries);
      all.putAll(compiled());
      for (var entry : all.entrySet()) {
        Path file = classes.resolve(entry.getKey());
        Files.createDirectories(file.getParent());
        Files.write(file, entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The class files of the sources; the same sources are compiled once. */
  private Map<String, byte[]> compiled() throws IOException {
    Map<String, byte[]> classes = COMPILED.get(sources.toString());
    if (classes == null) {
      Path folder = Files.createTempDirectory("plugin-classes");
      compile(folder);
      classes = new TreeMap<>();
      try (Stream<Path> tree = Files.walk(folder)) {
        for (Path file : tree.filter(Files::isRegularFile).toList()) {
          classes.put(folder.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
      COMPILED.put(sources.toString(), classes);
    }
    return classes;
  }

  private static void put(JarOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new JarEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private void compile(Path classes) throws IOException {
    if (sources.isEmpty()) {
      return;
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      var classPath = new ArrayList<>(libraries);
      for (String path : System.getProperty("java.class.path").split(":")) {
        classPath.add(Path.of(path));
      }
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
      List<Source> units =
          sources.entrySet().stream().map(e -> new Source(e.getKey(), e.getValue())).toList();
      var options = List.of("--release", "17", "-proc:none", "-nowarn");
      if (!compiler.getTask(messages, files, null, options, null, units).call()) {
        throw new IllegalStateException("a test's source does not compile:\n" + messages);
      }
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String className, String text) {
      super(
          URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension),
          Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
