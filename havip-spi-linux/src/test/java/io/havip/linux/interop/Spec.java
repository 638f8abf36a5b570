package io.havip.linux.interop;

import io.havip.Preemption;
import io.havip.Transport;
import io.havip.VirtualMac;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.MacAddress;
import io.havip.testkit.lab.Frr;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.LabHost;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.List;

/**
 * A virtual router as all three programs can be told it.
 *
 * @param vrid the VRID
 * @param version 2 or 3
 * @param priority 1 to 254
 * @param interval between adverts
 * @param vip the address
 * @param vmac whether it has a MAC address of its own
 * @param source own address in unicast, empty for multicast
 * @param peer the other member in unicast, empty for multicast
 * @param preemptDelayMillis 0 to preempt at once
 */
record Spec(
    int vrid,
    int version,
    int priority,
    Duration interval,
    String vip,
    boolean vmac,
    String source,
    String peer,
    int preemptDelayMillis) {

  /** A member that does not run for half a second on a loaded machine is not yet given up. */
  private static final Duration INTERVAL = Duration.ofMillis(200);

  static Spec multicast(int vrid, String vip, int priority) {
    return new Spec(vrid, 3, priority, INTERVAL, vip, false, "", "", 0);
  }

  Spec withVersion(int value) {
    Duration changed = value == 2 ? Duration.ofSeconds(1) : interval;
    return new Spec(vrid, value, priority, changed, vip, vmac, source, peer, preemptDelayMillis);
  }

  Spec withInterval(Duration value) {
    return new Spec(vrid, version, priority, value, vip, vmac, source, peer, preemptDelayMillis);
  }

  Spec withPriority(int value) {
    return new Spec(vrid, version, value, interval, vip, vmac, source, peer, preemptDelayMillis);
  }

  Spec withVmac(boolean value) {
    return new Spec(
        vrid, version, priority, interval, vip, value, source, peer, preemptDelayMillis);
  }

  Spec withUnicast(String from, String to) {
    return new Spec(vrid, version, priority, interval, vip, vmac, from, to, preemptDelayMillis);
  }

  Spec withPreemptDelay(int millis) {
    return new Spec(vrid, version, priority, interval, vip, vmac, source, peer, millis);
  }

  boolean unicast() {
    return !peer.isEmpty();
  }

  IpFamily family() {
    return IpAddress.parse(vip).family();
  }

  /** The MAC address under which a holder on that host is found. */
  String mac(LabHost holder) {
    return vmac ? MacAddress.virtualRouter(vrid, family()).toString() : holder.mac();
  }

  VirtualRouterConfig ours() {
    VirtualRouterConfigBuilder builder =
        VirtualRouterConfig.builder("VI_" + vrid)
            .interfaceName(LabHost.INTERFACE)
            .vrid(vrid)
            .version(version == 2 ? VrrpVersion.V2 : VrrpVersion.V3)
            .priority(priority)
            .advertInterval(interval)
            .address(vip);
    if (unicast()) {
      builder.transport(
          Transport.Unicast.to(IpAddress.parse(source), List.of(IpAddress.parse(peer))));
    }
    if (vmac) {
      builder.virtualMac(VirtualMac.DEFAULT);
    }
    if (preemptDelayMillis > 0) {
      builder.preemption(new Preemption.After(Duration.ofMillis(preemptDelayMillis)));
    }
    return builder.build();
  }

  KeepalivedConfig keepalived() {
    KeepalivedConfig.Instance instance =
        KeepalivedConfig.instance(vrid)
            .state("BACKUP")
            .version(version)
            .priority(priority)
            .advertInterval(interval)
            .vip(vip)
            .garp(2, Duration.ofSeconds(1), Duration.ZERO);
    if (unicast()) {
      instance = instance.unicast(source, peer);
    }
    if (vmac) {
      instance = instance.set("use_vmac", "");
    }
    if (preemptDelayMillis > 0) {
      instance = instance.preemptDelay(Duration.ofMillis(preemptDelayMillis));
    }
    return KeepalivedConfig.of(instance);
  }

  Frr.Group frr() {
    return new Frr.Group(vrid, priority, interval, List.of(vip));
  }

  String[] arguments() {
    return new String[] {
      Integer.toString(vrid),
      Integer.toString(version),
      Integer.toString(priority),
      Long.toString(interval.toMillis()),
      vip,
      Boolean.toString(vmac),
      source,
      peer,
      Integer.toString(preemptDelayMillis)
    };
  }

  static Spec parse(String... words) {
    return new Spec(
        Integer.parseInt(words[0]),
        Integer.parseInt(words[1]),
        Integer.parseInt(words[2]),
        Duration.ofMillis(Long.parseLong(words[3])),
        words[4],
        Boolean.parseBoolean(words[5]),
        words[6],
        words[7],
        Integer.parseInt(words[8]));
  }
}
