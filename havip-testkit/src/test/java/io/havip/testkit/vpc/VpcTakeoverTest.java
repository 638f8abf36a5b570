package io.havip.testkit.vpc;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.testkit.sim.SimClient;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import io.havip.vpc.DriftRange;
import io.havip.vpc.HavipId;
import io.havip.vpc.InstanceId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Real nodes in a simulated VPC: complete means that a client outside reaches the new holder. */
class VpcTakeoverTest {

  private static final IpAddress VIP = IpAddress.parse("10.0.1.50");
  private static final IpAddress PUBLIC = IpAddress.parse("203.0.113.9");

  /** Two members that talk unicast, a HAVIP, an elastic IP and a client outside. */
  private static final class Scene {

    final Simulation sim;
    final SimVpc vpc;
    final SimHost a;
    final SimHost b;
    final SimClient outside;

    Scene(long seed, VpcProfile profile) {
      sim = Simulation.seeded(seed);
      vpc = new SimVpc(sim, "vpc-1", "10.0.0.0/16").profile(profile);
      vpc.place("a", "machine-1", "apart").place("b", "machine-2", "apart");
      SimNetwork subnet = vpc.subnet("10.0.1.0/24");
      a = subnet.host("a", "10.0.1.7");
      b = subnet.host("b", "10.0.1.8");
      HavipId havip =
          vpc.allocate("havip-1", VIP, DriftRange.of(new InstanceId("a"), new InstanceId("b")));
      vpc.bindElasticIp(PUBLIC, havip);
      outside = vpc.internet().client("outside", "198.51.100.7");
      a.start(member(110, "10.0.1.7", "10.0.1.8"));
      b.start(member(100, "10.0.1.8", "10.0.1.7"));
    }

    private static VirtualRouterConfig member(int priority, String own, String peer) {
      return VirtualRouterConfig.builder("web")
          .interfaceName("eth0")
          .vrid(51)
          .priority(priority)
          .unicast(own, peer)
          .address(VIP.toString() + "/24")
          .build();
    }
  }

  @Property(tries = 30)
  void afterACrashAClientOutsideReachesTheOtherMemberWithinDetectionAndConvergence(
      @ForAll long seed) {
    Scene scene = new Scene(seed, VpcProfile.DEFAULT);
    scene.sim.runUntil("the first holder", () -> reaches(scene, scene.a), ofSeconds(20));
    scene.a.crash();
    scene.sim.runUntil("the takeover", () -> reaches(scene, scene.b), ofSeconds(4 + 10));
    assertThat(scene.vpc.console(new HavipId("havip-1")).server()).isEqualTo("b");
  }

  @Property(tries = 10)
  void sameSeedGivesTheSameTrace(@ForAll long seed) {
    VpcProfile rough = VpcProfile.DEFAULT.withReorder(0.3).withStale(0.3, ofSeconds(7));
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      Scene scene = new Scene(seed, rough);
      SimVpcApi api = scene.vpc.api().profile(ApiProfile.DEFAULT.withLoss(0.2, 0.2));
      for (int n = 0; n < 10; n++) {
        api.call("b", new ApiRequest.Describe(), reply -> {});
      }
      scene.sim.run(ofSeconds(20));
      scene.a.crash();
      scene.sim.run(ofSeconds(20));
      hashes.add(scene.sim.trace().hash());
    }
    assertThat(hashes).hasSize(1);
  }

  @Example
  void anotherSeedGivesAnotherTrace() {
    Set<Long> hashes = new HashSet<>();
    for (long seed : List.of(1L, 2L, 3L)) {
      Scene scene = new Scene(seed, VpcProfile.DEFAULT);
      scene.sim.run(ofSeconds(20));
      hashes.add(scene.sim.trace().hash());
    }
    assertThat(hashes).hasSize(3);
  }

  private static boolean reaches(Scene scene, SimHost host) {
    return scene.outside.reaches(PUBLIC).filter(host::equals).isPresent();
  }
}
