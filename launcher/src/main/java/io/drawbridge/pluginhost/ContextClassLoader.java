package io.drawbridge.pluginhost;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * What the threads of a plugin's contexts see as their context class loader: the plugin's own,
 * until the plugin ends. Some of what is made on a context outlives the plugin, a connection of the
 * shared pool for one, and would otherwise keep all its classes.
 */
final class ContextClassLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private volatile @Nullable ClassLoader plugin;

  ContextClassLoader(ClassLoader plugin) {
    super(nameFor(plugin), ClassLoader.getPlatformClassLoader());
    this.plugin = plugin;
  }

  /** How the one of a plugin is called. */
  static String nameFor(ClassLoader plugin) {
    return plugin.getName() + " (context)";
  }

  /** The plugin has ended: only the JDK is seen from now on. */
  void cut() {
    plugin = null;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    ClassLoader loader = plugin;
    return loader == null ? super.loadClass(name, resolve) : loader.loadClass(name);
  }

  @Override
  public @Nullable URL getResource(String name) {
    ClassLoader loader = plugin;
    return loader == null ? super.getResource(name) : loader.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    ClassLoader loader = plugin;
    return loader == null ? Collections.emptyEnumeration() : loader.getResources(name);
  }
}
