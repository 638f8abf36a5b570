package io.havip.linux.internal.netlink;

import io.havip.net.IpFamily;
import io.havip.spi.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The settings of one interface below {@code /proc/sys/net}, those of the network namespace of the
 * calling thread. The kernel keeps one small file a setting; reading and writing one does not wait
 * for anything.
 */
final class InterfaceSettings {

  private final Path folder;

  InterfaceSettings(IpFamily family, String interfaceName) {
    folder =
        Path.of("/proc/sys/net", family == IpFamily.IPV4 ? "ipv4" : "ipv6", "conf")
            .resolve(interfaceName);
  }

  /** The value of a setting; 0 if this kernel does not have it. */
  int get(String setting) {
    Path file = folder.resolve(setting);
    try {
      return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
    } catch (IOException | NumberFormatException e) {
      throw new PlatformException("reading " + file + " failed: " + e.getMessage(), e);
    }
  }

  /**
   * Changes a setting unless it has the value already, so that a host whose settings are read-only
   * can be prepared by its administrator. One that this kernel does not have is skipped.
   *
   * @throws PlatformException if it cannot be changed
   */
  void set(String setting, int value) {
    Path file = folder.resolve(setting);
    if (!Files.exists(file) || get(setting) == value) {
      return;
    }
    try {
      Files.writeString(file, Integer.toString(value));
    } catch (IOException e) {
      throw new PlatformException(
          "setting %s to %d failed: %s; a virtual MAC address needs it, set it beforehand"
              .formatted(file, value, e.getMessage()),
          e);
    }
  }
}
