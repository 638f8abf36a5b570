package io.havip.core.keepalived;

import java.util.Optional;

/** What the reader has to know of a host to judge the users and the programs of its commands. */
public interface ScriptHost {

  /**
   * {@return whether the host has a user of this name}
   *
   * @param name a name, as a file gives it
   */
  boolean hasUser(String name);

  /**
   * {@return whether the host has a group of this name}
   *
   * @param name a name, as a file gives it
   */
  boolean hasGroup(String name);

  /**
   * Finds out whether others than root may change a program or put another one in its place: a
   * folder of its path, or the file itself, that belongs to somebody else or that others may write
   * to. A folder that others may write to is good if it has the sticky bit.
   *
   * @param program a path, or a name that is looked for on the path of the process
   * @return the first such file or folder, or empty if there is none or no such program
   */
  Optional<String> changeableByOthers(String program);

  /** {@return this host: its users, groups and files, asked each time} */
  static ScriptHost local() {
    return new LocalScriptHost();
  }
}
