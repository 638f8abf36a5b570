package io.havip.testkit.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether something the lab needs is there, and if not, why not. Checks never throw.
 *
 * @param available true if it can be used
 * @param reason why it cannot be used; empty if it can
 */
public record LabAvailability(boolean available, String reason) {

  private static final LabAvailability YES = new LabAvailability(true, "");

  /**
   * Checks that a lab can be opened here: Linux, root, the programs {@code ip}, {@code setsid} and
   * {@code sh}, and a kernel that lets us make network namespaces. The last is tried for real, so
   * one namespace exists for some milliseconds.
   *
   * @return available, or the first reason found
   */
  public static LabAvailability ofLab() {
    try {
      return checkLab();
    } catch (IOException | RuntimeException e) {
      return no("the check itself failed: " + e);
    }
  }

  /**
   * Checks that a program is installed. Of {@code arping} two unrelated programs exist; the lab
   * reads the answers of the one from iputils, so the other counts as missing.
   *
   * @param tool its name, for example {@code keepalived}
   * @return available, or the reason why not
   */
  public static LabAvailability ofTool(String tool) {
    Optional<Path> program = Tools.find(tool);
    if (program.isEmpty()) {
      return no("the program '" + tool + "' is not installed");
    }
    return tool.equals("arping") ? arpingOfIputils(program.get()) : YES;
  }

  /** Only iputils names itself when asked for its version. */
  static LabAvailability arpingOfIputils(Path program) {
    try {
      CommandResult version = Command.of(program.toString(), "-V").result();
      return version.output().contains("iputils") || version.errors().contains("iputils")
          ? YES
          : no(
              "the program '%s' is not arping of iputils; install the package iputils-arping"
                  .formatted(program));
    } catch (RuntimeException e) {
      return no("the program '%s' cannot be run: %s".formatted(program, e.getMessage()));
    }
  }

  /**
   * Throws if this is not available.
   *
   * @throws LabException with the reason
   */
  public void orThrow() {
    if (!available) {
      throw new LabException("not available: " + reason);
    }
  }

  private static LabAvailability checkLab() throws IOException {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return no("network namespaces need Linux, this is " + System.getProperty("os.name"));
    }
    if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
      return no("network namespaces need root, this process has another user id");
    }
    for (String tool : List.of("ip", "setsid", "sh")) {
      LabAvailability there = ofTool(tool);
      if (!there.available()) {
        return there;
      }
    }
    String trial = LabName.ofThisRun("trial" + Thread.currentThread().threadId());
    CommandResult added = Command.of("ip", "netns", "add", trial).result();
    if (!added.ok()) {
      return no("the system refuses a new network namespace: " + added.describe());
    }
    Command.of("ip", "netns", "del", trial).run();
    return YES;
  }

  private static LabAvailability no(String reason) {
    return new LabAvailability(false, reason);
  }
}
