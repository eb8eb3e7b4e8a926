package io.drawbridge.pluginhost.folder;

import io.drawbridge.pluginhost.contract.PluginException;

/**
 * Is told what happens to plugins in a folder, one event at a time, in order, on the thread that
 * looks: whoever takes long hands over to another.
 */
public interface FolderListener {

  /** A plugin appeared, or what it consists of changed, and it is whole. */
  void changed(Candidate candidate);

  /** A plugin that was told of, or refused, has been taken away. */
  void removed(String source);

  /** Something is there and stays no plugin that can be read. Told once until it changes. */
  void refused(String source, PluginException why);
}
