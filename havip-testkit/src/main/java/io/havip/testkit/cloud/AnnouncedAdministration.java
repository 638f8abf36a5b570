package io.havip.testkit.cloud;

import io.havip.core.vpc.VpcCommand;
import io.havip.core.vpc.VpcQueries;
import io.havip.core.vpc.VpcState;
import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudAdministration;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudMember;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.testkit.vpc.SimVpc;
import io.havip.vpc.DriftRange;
import io.havip.vpc.ElasticIp;
import io.havip.vpc.Havip;
import io.havip.vpc.HavipId;
import io.havip.vpc.InstanceId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.SubnetId;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Prepares HAVIPs by the API of a simulated VPC. Each call looks at a state that is no older than
 * itself, and writes only what is missing.
 */
final class AnnouncedAdministration implements CloudAdministration {

  private final AnnouncedCloud cloud;
  private final SimVpc vpc;
  private final String member;
  private final BooleanSupplier closed;

  AnnouncedAdministration(AnnouncedCloud cloud, SimVpc vpc, String member, BooleanSupplier closed) {
    this.cloud = cloud;
    this.vpc = vpc;
    this.member = member;
    this.closed = closed;
  }

  private <T> Errand<T> errand(String operation, Duration within) {
    return new Errand<>(cloud, vpc, member, operation, within, closed.getAsBoolean());
  }

  @Override
  public CompletableFuture<CloudResult<IpAddress>> allocate(Allocation wanted, Duration within) {
    String what = wanted.address().map(IpAddress::toString).orElse(wanted.name());
    Errand<IpAddress> errand = errand("allocate " + what, within);
    if (!wanted.vpc().equals(vpc.id().value())) {
      return errand.refuse(CloudFailureKind.NOT_FOUND, "there is no VPC " + wanted.vpc());
    }
    HavipId id = new HavipId("havip-" + wanted.token());
    VpcCommand.AllocateHavip command =
        cloud.repeated(
            wanted.token(),
            new VpcCommand.AllocateHavip(
                id,
                wanted.name(),
                new SubnetId(wanted.subnet()),
                wanted.address().orElse(null),
                wanted.onlyAuthorised() ? new DriftRange.Empty() : new DriftRange.Open(),
                vpc.clock()));
    errand.write(command, wanted.token(), () -> tell(errand, id));
    return errand.answer();
  }

  private static void tell(Errand<IpAddress> errand, HavipId id) {
    errand.look(state -> {
      Havip havip = state.havips().get(id);
      if (havip == null) { // released since it was allocated by an earlier call with this token
        errand.fail(CloudFailureKind.NOT_FOUND, id + " has been released");
      } else {
        errand.done(havip.address());
      }
    });
  }

  @Override
  public CompletableFuture<CloudResult<Move>> release(IpAddress address, Duration within) {
    Errand<Move> errand = errand("release " + address, within);
    errand.look(state ->
        find(state, address)
            .ifPresentOrElse(
                havip ->
                    errand.write(new VpcCommand.ReleaseHavip(havip.id()), null, complete(errand)),
                complete(errand)));
    return errand.answer();
  }

  @Override
  public CompletableFuture<CloudResult<Move>> authorise(
      IpAddress address, List<CloudMember> members, Duration within) {
    Errand<Move> errand = errand("authorise members to hold " + address, within);
    return range(errand, address, members, true);
  }

  @Override
  public CompletableFuture<CloudResult<Move>> revoke(
      IpAddress address, List<CloudMember> members, Duration within) {
    Errand<Move> errand = errand("forbid members to hold " + address, within);
    return range(errand, address, members, false);
  }

  private CompletableFuture<CloudResult<Move>> range(
      Errand<Move> errand, IpAddress address, List<CloudMember> members, boolean in) {
    boolean byInterface = members.stream().noneMatch(each -> each.networkInterface().isEmpty());
    if (!byInterface && members.stream().anyMatch(each -> each.instance().isEmpty())) {
      return errand.refuse(
          CloudFailureKind.INVALID, "name all members by instances, or all by interfaces");
    }
    existing(
        errand,
        address,
        (state, havip) -> {
          if (in && havip.driftRange() instanceof DriftRange.Open) {
            errand.done(Move.COMPLETE); // everybody may hold it
            return;
          }
          List<String> names =
              members.stream()
                  .map(each -> byInterface ? each.networkInterface() : each.instance())
                  .distinct()
                  .filter(name -> names(havip.driftRange()).contains(name) != in)
                  .toList();
          change(errand, havip.id(), names, byInterface, in);
        });
    return errand.answer();
  }

  /** One write for as many members as the VPC takes in one. */
  private void change(
      Errand<Move> errand, HavipId havip, List<String> names, boolean byInterface, boolean in) {
    if (names.isEmpty()) {
      errand.done(Move.COMPLETE);
      return;
    }
    int most = Math.min(names.size(), vpc.state().limits().driftMembersPerCall());
    DriftRange some = range(names.subList(0, most), byInterface);
    errand.write(
        in
            ? new VpcCommand.AddDriftMembers(havip, some)
            : new VpcCommand.RemoveDriftMembers(havip, some),
        null,
        () -> change(errand, havip, names.subList(most, names.size()), byInterface, in));
  }

  private static DriftRange range(List<String> names, boolean byInterface) {
    return byInterface
        ? new DriftRange.Interfaces(
            names.stream()
                .map(InterfaceId::new)
                .collect(Collectors.toCollection(LinkedHashSet::new)))
        : new DriftRange.Instances(
            names.stream()
                .map(InstanceId::new)
                .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  private static Set<String> names(DriftRange range) {
    return switch (range) {
      case DriftRange.Open open -> Set.of();
      case DriftRange.Empty empty -> Set.of();
      case DriftRange.Instances(Set<InstanceId> members) ->
          members.stream().map(InstanceId::value).collect(Collectors.toSet());
      case DriftRange.Interfaces(Set<InterfaceId> members) ->
          members.stream().map(InterfaceId::value).collect(Collectors.toSet());
    };
  }

  @Override
  public CompletableFuture<CloudResult<Move>> associatePublicIp(
      IpAddress address, IpAddress publicIp, Duration within) {
    Errand<Move> errand = errand("let " + publicIp + " lead to " + address, within);
    existing(
        errand,
        address,
        (state, havip) -> {
          Optional<ElasticIp> wanted =
              state.elasticIps().values().stream()
                  .filter(each -> each.publicAddress().equals(publicIp))
                  .findFirst();
          if (wanted.isEmpty()) {
            errand.fail(CloudFailureKind.NOT_FOUND, "there is no elastic IP " + publicIp);
          } else {
            bind(errand, state, havip, wanted.get());
          }
        });
    return errand.answer();
  }

  private static void bind(Errand<Move> errand, VpcState state, Havip havip, ElasticIp wanted) {
    HavipId leadsTo = wanted.havip();
    Optional<ElasticIp> present = VpcQueries.elasticIpOf(state, havip.id());
    if (havip.id().equals(leadsTo)) {
      errand.done(Move.COMPLETE);
    } else if (leadsTo != null) {
      errand.fail(CloudFailureKind.CONFLICT, wanted.id() + " leads to " + leadsTo + " already");
    } else if (present.isPresent()) {
      errand.fail(CloudFailureKind.CONFLICT, havip.id() + " has " + present.get().id());
    } else {
      errand.write(new VpcCommand.BindElasticIp(wanted.id(), havip.id()), null, complete(errand));
    }
  }

  @Override
  public CompletableFuture<CloudResult<Move>> disassociatePublicIp(
      IpAddress address, Duration within) {
    Errand<Move> errand = errand("let no public address lead to " + address, within);
    existing(
        errand,
        address,
        (state, havip) ->
            VpcQueries.elasticIpOf(state, havip.id())
                .ifPresentOrElse(
                    found ->
                        errand.write(
                            new VpcCommand.UnbindElasticIp(found.id()), null, complete(errand)),
                    complete(errand)));
    return errand.answer();
  }

  private void existing(Errand<Move> errand, IpAddress address, BiConsumer<VpcState, Havip> then) {
    errand.look(state ->
        find(state, address)
            .ifPresentOrElse(
                havip -> then.accept(state, havip),
                () -> errand.fail(CloudFailureKind.NOT_FOUND, "there is no HAVIP " + address)));
  }

  private Optional<Havip> find(VpcState state, IpAddress address) {
    return VpcQueries.havipAt(state, vpc.id(), address);
  }

  private static Runnable complete(Errand<Move> errand) {
    return () -> errand.done(Move.COMPLETE);
  }
}
