package io.havip.testkit.contract;

import io.havip.core.vpc.VpcCommand;
import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudAdministration.Allocation;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudMember;
import io.havip.testkit.cloud.AnnouncedCloud;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.vpc.SimVpc;
import io.havip.vpc.ElasticIpId;
import io.havip.vpc.NetworkInterface;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A simulated VPC to be administrated, by a binding that is perhaps broken on purpose. */
final class SimAdministrationFixture extends SimCloudFixture implements AdministrationFixture {

  private static final List<IpAddress> PUBLIC =
      List.of(IpAddress.parse("203.0.113.5"), IpAddress.parse("203.0.113.6"));

  private final SimVpc vpc;

  private SimAdministrationFixture(Simulation sim, SimVpc vpc, UnaryOperator<CloudBinding> wrap) {
    super(sim, new AnnouncedCloud(sim, vpc), member -> {}, wrap);
    this.vpc = vpc;
  }

  static SimAdministrationFixture of(UnaryOperator<CloudBinding> wrap) {
    Simulation sim = Simulation.seeded(1);
    SimVpc vpc = vpc(sim);
    for (IpAddress each : PUBLIC) {
      vpc.apply(new VpcCommand.AllocateElasticIp(new ElasticIpId("eip-" + each), each));
    }
    sim.run(vpc.api().profile().lagMost());
    return new SimAdministrationFixture(sim, vpc, wrap);
  }

  @Override
  public IpAddress freeAddress() {
    return IpAddress.parse("10.0.0.50");
  }

  @Override
  public IpAddress reservedAddress() {
    return IpAddress.parse("10.0.0.255");
  }

  @Override
  public Allocation allocation(Optional<IpAddress> address, boolean onlyAuthorised, String token) {
    return new Allocation(
        "orders", "vpc-1", own(vpc, Member.FIRST).subnet().value(), address, onlyAuthorised, token);
  }

  @Override
  public List<IpAddress> publicIps() {
    return PUBLIC;
  }

  @Override
  public CloudMember name(Member member) {
    return new CloudMember(own(vpc, member).attachment().instance().value(), "");
  }

  @Override
  public void claim(Member member, IpAddress address) {
    NetworkInterface own = own(vpc, member);
    var unused = vpc.attempt(new VpcCommand.Announce(own.id(), own.mac(), address, vpc.clock()));
  }

  @Override
  public void announce(Member member) {
    claim(member, VIP);
  }
}
