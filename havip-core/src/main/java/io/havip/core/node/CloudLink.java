package io.havip.core.node;

import io.havip.CloudMapping;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Platform;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The cloud's part in one router: each advertised address is reconciled by itself. */
final class CloudLink {

  private final List<CloudAddress> addresses;

  CloudLink(
      VirtualRouterConfig config,
      Platform platform,
      Events events,
      Dependencies dependencies,
      Consumer<IpAddress> announce,
      Runnable faultChanged) {
    addresses =
        config.cloud().stream()
            .flatMap(cloud ->
                config.addresses().stream()
                    .map(VirtualAddress::address)
                    .map(address ->
                        new CloudAddress(
                            config.name(),
                            address,
                            cloud,
                            dependencies.gate(cloud.binding()),
                            platform,
                            events,
                            () -> announce.accept(address),
                            faultChanged)))
            .toList();
  }

  void start() {
    addresses.forEach(CloudAddress::start);
  }

  void stop() {
    addresses.forEach(CloudAddress::stop);
  }

  /** Whether this member is to hold the addresses: it is ACTIVE and ready to serve. */
  void want(boolean wanted) {
    addresses.forEach(a -> a.want(wanted));
  }

  /** Why this member must not be ACTIVE, by the policy that was chosen. */
  Optional<String> fault() {
    return addresses.stream().anyMatch(CloudAddress::unreachable)
        ? Optional.of("the cloud is out of reach")
        : Optional.empty();
  }

  List<CloudMapping> snapshot() {
    return addresses.stream().map(CloudAddress::snapshot).toList();
  }
}
