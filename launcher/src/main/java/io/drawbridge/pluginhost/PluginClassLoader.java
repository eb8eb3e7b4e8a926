package io.drawbridge.pluginhost;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of one plugin version. The JDK and the few packages that plugin and host share come
 * from the host; everything else comes from the plugin's own jars or not at all, so that neither
 * the host's libraries nor another plugin's are ever seen. Resources go the same way, so that
 * {@code ServiceLoader} finds no provider of the host's.
 *
 * <p>What the host lacks in a shared package, the plugin may bring: a client of Vert.x's that the
 * server does without, say, which then runs on the server's Vert.x.
 *
 * <p>It reads jars by itself: a {@code Class-Path} in a manifest would lead out of the private
 * copy.
 */
final class PluginClassLoader extends ClassLoader implements AutoCloseable {

  /** What crosses the border between plugin and host, so that both must see the same classes. */
  private static final List<String> SHARED =
      List.of(
          "io.drawbridge.plugin.",
          "io.vertx.",
          "io.netty.",
          "com.fasterxml.jackson.core.",
          "org.slf4j.");

  private static final Logger LOGGER = LoggerFactory.getLogger(PluginClassLoader.class);

  /** More than a plugin's own code has; its libraries link as they are used. */
  private static final int MOST_LINKED = 1_000;

  static {
    registerAsParallelCapable();
  }

  private record Jar(JarFile file, URI uri, ProtectionDomain domain) {}

  private final ClassLoader host;
  private volatile List<Jar> jars;

  private PluginClassLoader(String name, ClassLoader host, List<Jar> jars) {
    super(name, ClassLoader.getPlatformClassLoader());
    this.host = host;
    this.jars = jars;
  }

  /** Opens the jars, which stay open until {@link #close}. */
  static PluginClassLoader open(String name, List<Path> paths) throws IOException {
    var jars = new ArrayList<Jar>();
    try {
      for (Path path : paths) {
        JarFile file = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
        URI uri = path.toUri();
        var source = new CodeSource(uri.toURL(), (Certificate[]) null);
        // It names no loader: on Java 17 a thread keeps the domains of all code that was on the
        // stack
        // when it was made, and the server's pools grow while plugins run.
        jars.add(new Jar(file, uri, new ProtectionDomain(source, null)));
      }
    } catch (IOException e) {
      closeAll(jars);
      throw e;
    }
    return new PluginClassLoader(name, PluginClassLoader.class.getClassLoader(), List.copyOf(jars));
  }

  /**
   * Loads and verifies the classes of a package and of those below it, so that no event loop has to
   * do so; nothing of theirs runs. What can't be linked is for whoever uses it to find out.
   */
  void linkBeside(String className) {
    String folder = className.substring(0, className.lastIndexOf('.') + 1).replace('.', '/');
    jars.stream()
        .flatMap(jar -> jar.file().stream())
        .map(ZipEntry::getName)
        .filter(name -> name.startsWith(folder) && name.endsWith(".class"))
        .limit(MOST_LINKED)
        .forEach(this::link);
  }

  /** Asking for its methods makes the JDK link a class. */
  @SuppressWarnings("ReturnValueIgnored")
  private void link(String entry) {
    String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
    try {
      Class.forName(name, false, this).getDeclaredMethods();
    } catch (ClassNotFoundException | LinkageError e) {
      LOGGER.atDebug().setCause(e).addKeyValue("class", name).log("a class can't be linked");
    }
  }

  private static boolean shared(String name) {
    return SHARED.stream().anyMatch(name::startsWith);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (shared(name)) {
      try {
        return host.loadClass(name);
      } catch (ClassNotFoundException e) {
        // The host does without this library: look in the plugin's jars.
      }
    }
    return super.loadClass(name, resolve);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/') + ".class";
    for (Jar jar : jars) {
      JarEntry entry = jar.file.getJarEntry(path);
      if (entry != null) {
        byte[] bytes = read(jar, entry, name);
        return defineClass(name, bytes, 0, bytes.length, jar.domain);
      }
    }
    throw new ClassNotFoundException(name + " is not in the jars of plugin " + getName());
  }

  private static byte[] read(Jar jar, JarEntry entry, String name) throws ClassNotFoundException {
    try (InputStream in = jar.file.getInputStream(entry)) {
      return in.readAllBytes();
    } catch (IOException | IllegalStateException e) {
      throw new ClassNotFoundException(name + " can't be read from " + jar.file.getName(), e);
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL hosts = shared(name.replace('/', '.')) ? host.getResource(name) : null;
    return hosts == null ? super.getResource(name) : hosts;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return shared(name.replace('/', '.')) && host.getResource(name) != null
        ? host.getResources(name)
        : super.getResources(name);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    Enumeration<URL> found = findResources(name);
    return found.hasMoreElements() ? found.nextElement() : null;
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    var found = new ArrayList<URL>();
    for (Jar jar : jars) {
      if (jar.file.getJarEntry(name) != null) {
        found.add(url(jar, name));
      }
    }
    return Collections.enumeration(found);
  }

  private static URL url(Jar jar, String name) {
    try {
      String encoded = new URI(null, null, "/" + name, null).getRawPath();
      return URI.create("jar:" + jar.uri + "!" + encoded).toURL();
    } catch (URISyntaxException | MalformedURLException e) {
      throw new IllegalArgumentException("no name of a resource: " + name, e);
    }
  }

  @Override
  public void close() throws IOException {
    List<Jar> open = jars;
    jars = List.of();
    closeAll(open);
  }

  private static void closeAll(List<Jar> jars) throws IOException {
    for (Jar jar : jars) {
      jar.file.close();
    }
  }
}
