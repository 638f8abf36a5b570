package io.havip.testkit.wsfc;

import static java.time.Duration.ofSeconds;

import io.havip.net.IpAddress;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.SimClient;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.SimNetwork;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.vpc.SimVpc;
import io.havip.vpc.DriftRange;
import io.havip.vpc.HavipId;
import io.havip.vpc.InstanceId;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Two members and a witness in a VPC, a HAVIP, an elastic IP, and a client outside. */
final class ClusterScene {

  static final IpAddress VIP = IpAddress.parse("10.0.1.50");
  static final IpAddress PUBLIC = IpAddress.parse("203.0.113.9");

  /** A lease, a member's rank, the slowest move of the cloud, and a little. */
  static final Duration LIMIT = ofSeconds(20);

  final Simulation sim;
  final SimVpc vpc;
  final SimNetwork subnet;
  final SimHost a;
  final SimHost b;
  final SimHost witness;
  final SimClient outside;
  final HavipId havip;

  ClusterScene(long seed) {
    sim = Simulation.seeded(seed);
    vpc = new SimVpc(sim, "vpc-1", "10.0.0.0/16");
    subnet = vpc.subnet("10.0.1.0/24");
    a = subnet.host("sql1", "10.0.1.7");
    b = subnet.host("sql2", "10.0.1.8");
    witness = subnet.host("witness", "10.0.1.9");
    havip =
        vpc.allocate("havip-1", VIP, DriftRange.of(new InstanceId("sql1"), new InstanceId("sql2")));
    vpc.bindElasticIp(PUBLIC, havip);
    outside = vpc.internet().client("outside", "198.51.100.7");
    FailoverCluster cluster =
        FailoverCluster.of("10.0.1.50/24", "10.0.1.9", "10.0.1.7", "10.0.1.8");
    a.start(cluster.member("10.0.1.7"));
    b.start(cluster.member("10.0.1.8"));
    witness.start(cluster.witnessProgram());
  }

  List<SimHost> holders() {
    return Stream.of(a, b).filter(host -> host.has(VIP)).toList();
  }

  void awaitMapped(SimHost host) {
    sim.runUntil(
        "the HAVIP is mapped to " + host + ", which has it",
        () -> outside.reaches(PUBLIC).filter(host::equals).isPresent(),
        LIMIT);
  }

  void cut(String one, String other) {
    sim.inject(new Fault.Cut(one, other, true));
  }
}
