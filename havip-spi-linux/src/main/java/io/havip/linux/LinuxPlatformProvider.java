package io.havip.linux;

import io.havip.linux.internal.HostCheck;
import io.havip.linux.internal.LinuxPlatform;
import io.havip.spi.Availability;
import io.havip.spi.Platform;
import io.havip.spi.PlatformException;
import io.havip.spi.PlatformOptions;
import io.havip.spi.PlatformProvider;

/**
 * Runs nodes on the network of a Linux host: raw VRRP sockets, packet sockets and rtnetlink, called
 * through {@code java.lang.foreign} without any native library.
 *
 * <p>It needs Linux on x86-64 or aarch64, the capabilities {@code CAP_NET_RAW} and {@code
 * CAP_NET_ADMIN}, and native access for this module: {@code
 * --enable-native-access=io.havip.spi.linux} on the module path, {@code
 * --enable-native-access=ALL-UNNAMED} on the class path.
 */
public final class LinuxPlatformProvider implements PlatformProvider {

  /** Creates the provider; touches nothing of the host. */
  public LinuxPlatformProvider() {}

  @Override
  public String name() {
    return "linux";
  }

  @Override
  public Availability availability() {
    return HostCheck.check();
  }

  /**
   * Opens a platform with one daemon thread named {@code havip-} and the node's name. The thread
   * works in the network namespace of the process.
   *
   * @param options what the node asks of the platform
   * @return a running platform; the caller closes it
   * @throws PlatformException if native access, a capability or a facility is missing; the message
   *     says which and what to do
   */
  @Override
  public Platform open(PlatformOptions options) {
    return LinuxPlatform.open(options);
  }
}
