package io.havip.benchmarks;

import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.KeepalivedConfig.Instance;
import io.havip.testkit.lab.LabHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Many virtual routers between two hosts. A VRID is one of 255 on an interface, so more routers
 * need more interfaces: cables of their own between the two hosts.
 *
 * @param routers how many
 * @param interval between their adverts
 * @param seconds how long the steady state is measured
 */
record ScaleScene(int routers, Duration interval, int seconds) {

  static final String SUBNET = "172.17.0.0/16";
  private static final int PER_INTERFACE = 250;
  private static final int HOLDER_PRIORITY = 200;
  static final int BACKUP_PRIORITY = 100;

  private int interfaces() {
    return (routers + PER_INTERFACE - 1) / PER_INTERFACE;
  }

  boolean manyInterfaces() {
    return interfaces() > 1;
  }

  /** Adverts a second that are due. */
  double due() {
    return routers * 1e9 / interval.toNanos();
  }

  String name() {
    return "%,d x %,d ms".formatted(routers, interval.toMillis());
  }

  /** Lays the cables that are missing between the two hosts. */
  void prepare(LabHost holder, LabHost backup) {
    for (int i = 1; i <= interfaces() && manyInterfaces(); i++) {
      String name = interfaceOf(i - 1);
      String other = backup.namespace();
      holder.exec("ip", "link", "add", name, "type", "veth", "peer", "name", name, "netns", other);
      up(holder, name, "10." + i + ".0.7/24");
      up(backup, name, "10." + i + ".0.13/24");
    }
  }

  private static void up(LabHost host, String name, String address) {
    host.exec("ip", "addr", "add", address, "dev", name);
    host.exec("ip", "link", "set", name, "up");
  }

  /** The interfaces that adverts leave from. */
  List<String> interfaceNames() {
    return IntStream.range(0, interfaces()).mapToObj(this::interfaceOf).toList();
  }

  private String interfaceOf(int group) {
    return manyInterfaces() ? "v" + (group + 2) : LabHost.INTERFACE;
  }

  /** The address of a router. */
  String vip(int router) {
    int place = router % PER_INTERFACE + 1;
    return manyInterfaces()
        ? "10." + (router / PER_INTERFACE + 1) + ".1." + place
        : "172.17.100." + place;
  }

  KeepalivedConfig config(boolean holder) {
    List<Instance> instances = new ArrayList<>();
    for (int router = 0; router < routers; router++) {
      Instance instance =
          KeepalivedConfig.instance(router % PER_INTERFACE + 1)
              .set("interface", interfaceOf(router / PER_INTERFACE))
              .state("BACKUP")
              .version(3)
              .priority(holder ? HOLDER_PRIORITY : BACKUP_PRIORITY)
              .advertInterval(interval)
              .vip(vip(router));
      instances.add(new Instance("R" + router, instance.keywords(), instance.blocks()));
    }
    return KeepalivedConfig.of(instances.toArray(Instance[]::new));
  }
}
