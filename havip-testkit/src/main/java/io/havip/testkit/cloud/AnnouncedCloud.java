package io.havip.testkit.cloud;

import io.havip.core.vpc.AnnouncementRefusal;
import io.havip.core.vpc.VpcCommand;
import io.havip.core.vpc.VpcQueries;
import io.havip.core.vpc.VpcRefusal;
import io.havip.core.vpc.VpcResult;
import io.havip.core.vpc.VpcRules;
import io.havip.core.vpc.VpcState;
import io.havip.net.IpAddress;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudMember;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverMode;
import io.havip.testkit.sim.SimHost;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.vpc.ApiProfile;
import io.havip.testkit.vpc.SimVpc;
import io.havip.vpc.Havip;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.NetworkInterface;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A simulated cloud whose members announce their addresses, as Tencent Cloud's HAVIP: the API of a
 * simulated VPC shows what has become of the announcements, and whether one of this member would
 * count. Its bindings prepare addresses too ({@link CloudBinding#administration}).
 *
 * <p>{@link #faults()} are passed on to that API: it is the one that is cut off, refuses, is slow
 * and shows what was. An error that it does not know shows as an internal one.
 */
public final class AnnouncedCloud extends SimCloud {

  private static final double CALLS_PER_SECOND = 10;

  private final SimVpc vpc;
  private final ApiProfile usual;
  private final CloudCapabilities capabilities;
  private final Set<String> members = new LinkedHashSet<>();
  private final Map<String, VpcCommand.AllocateHavip> allocations = new HashMap<>();

  /**
   * Creates the cloud. Its capabilities tell the convergence time of the VPC and the lag of its API
   * as they are now.
   *
   * @param sim whose time it lives in
   * @param vpc where the members are hosts, which announce by their {@code eth0}
   */
  public AnnouncedCloud(Simulation sim, SimVpc vpc) {
    super(sim);
    this.vpc = vpc;
    usual = vpc.api().profile();
    capabilities =
        new CloudCapabilities(
            TakeoverMode.ANNOUNCE,
            true,
            true,
            false,
            false,
            false,
            false,
            CALLS_PER_SECOND,
            Duration.ofSeconds(1),
            vpc.profile().convergenceMost(),
            usual.lagMost());
  }

  /**
   * The access of one member. Each call returns a new binding.
   *
   * @param member the name of a host of the VPC
   * @return the binding
   * @throws IllegalArgumentException if the VPC has no such host
   */
  @Override
  public CloudBinding member(String member) {
    InterfaceId own = vpc.interfaceOf(member, "eth0");
    members.add(member);
    faultsChanged();
    return new AnnouncedBinding(this, vpc, member, own);
  }

  @Override
  void faultsChanged() {
    CloudFaults faults = faults();
    ApiProfile shown = faults.stale().isZero() ? usual : usual.withLag(faults.stale());
    vpc.api()
        .profile(faults.usualLatency() ? shown : shown.withLatency(faults.least(), faults.most()));
    for (String member : members) {
      vpc.api().blackout(member, faults.blackout(member));
      vpc.api().loseReplies(member, faults.losesReplies(member));
      vpc.api().refuse(member, faults.refusal(member).map(ApiErrors::of).orElse(null));
    }
  }

  @Override
  public boolean showsWrites() {
    return false;
  }

  @Override
  public CloudCapabilities capabilities() {
    return capabilities;
  }

  @Override
  public Optional<String> holder(IpAddress address) {
    return vpc.holder(address).map(SimHost::name);
  }

  /** {@return the command that was first given with a token, if this one asks for the same} */
  VpcCommand.AllocateHavip repeated(String token, VpcCommand.AllocateHavip command) {
    VpcCommand.AllocateHavip first = allocations.computeIfAbsent(token, t -> command);
    VpcCommand.AllocateHavip atThatTime =
        new VpcCommand.AllocateHavip(
            command.havip(),
            command.name(),
            command.subnet(),
            command.address(),
            command.driftRange(),
            first.at());
    return first.equals(atThatTime) ? first : command;
  }

  /** {@return what a state of the VPC means for a member} */
  Observation seen(VpcState state, InterfaceId own, IpAddress address) {
    Havip havip = VpcQueries.havipAt(state, vpc.id(), address).orElse(null);
    if (havip == null) {
      return new Observation.Unknown(unknownAddress("describe", address));
    }
    Observation.Details details = details(state, havip, own);
    InterfaceId holder = havip.holder();
    return holder == null
        ? new Observation.Nobody(details)
        : new Observation.HeldBy(id(state, holder), holder.equals(own), details);
  }

  private static CloudMember id(VpcState state, InterfaceId holder) {
    NetworkInterface found = state.interfaces().get(holder);
    NetworkInterface.Attachment attachment = found == null ? null : found.attachment();
    return new CloudMember(attachment == null ? "" : attachment.instance().value(), holder.value());
  }

  private Observation.Details details(VpcState state, Havip havip, InterfaceId own) {
    Observation.Details details = Observation.Details.NONE;
    if (havip.flushed() != null) {
      details = details.withSince(havip.flushed()).withRevision(havip.flushed().toString());
    }
    var elasticIp = VpcQueries.elasticIpOf(state, havip.id());
    if (elasticIp.isPresent()) {
      details = details.withPublicIp(elasticIp.get().publicAddress());
    }
    VpcRefusal refusal = wouldBeRefused(state, havip, own).orElse(null);
    return refusal == null ? details : details.withObstacle(obstacle(refusal, havip.address()));
  }

  /** Why the VPC would drop an announcement of the member. */
  private Optional<VpcRefusal> wouldBeRefused(VpcState state, Havip havip, InterfaceId own) {
    NetworkInterface from = state.interfaces().get(own);
    if (from == null) {
      return Optional.of(new VpcRefusal.NotFound(own));
    }
    var announce = new VpcCommand.Announce(own, from.mac(), havip.address(), vpc.clock());
    return VpcRules.apply(state, announce) instanceof VpcResult.Refused refused
        ? Optional.of(refused.refusal())
        : Optional.empty();
  }

  private static CloudFailure obstacle(VpcRefusal refusal, IpAddress address) {
    CloudFailureKind kind =
        switch (refusal) {
          case AnnouncementRefusal.OutsideDriftRange range -> CloudFailureKind.NOT_MEMBER;
          case AnnouncementRefusal.HavipOfOtherSubnet other -> CloudFailureKind.WRONG_SUBNET;
          default -> CloudFailureKind.INCORRECT_STATE;
        };
    return CloudFailure.of(
        kind, CallOutcome.NOT_APPLIED, "announce " + address, refusal.explain(), "");
  }
}
