package io.havip.tencent;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudAdministration;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudMember;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.tencent.client.ApiAnswer;
import io.havip.tencent.client.ApiRequest;
import io.havip.tencent.client.Deadline;
import io.havip.tencent.client.HaVip;
import io.havip.tencent.client.Results;
import io.havip.tencent.client.VpcApi;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Prepares HAVIPs: applies for one, releases it, sets its drift range and its elastic IP.
 *
 * <p>Only the application for an address has a token at the API that makes a repetition harmless.
 * All other calls look first and act only if something is missing, and an elastic IP or a release
 * is complete when its task has ended.
 */
public final class TencentHavipAdministration implements CloudAdministration {

  private static final CloudResult<Move> COMPLETE = new CloudResult.Done<>(Move.COMPLETE);

  /** The most members that one request may name. */
  private static final int MEMBERS_PER_REQUEST = 10;

  private final TencentSettings settings;
  private final VpcApi api;
  private final Calls calls;

  TencentHavipAdministration(TencentSettings settings, VpcApi api, Calls calls) {
    this.settings = settings;
    this.api = api;
    this.calls = calls;
  }

  @Override
  public CompletableFuture<CloudResult<IpAddress>> allocate(Allocation wanted, Duration within) {
    String operation =
        "apply for HAVIP " + wanted.address().map(IpAddress::toString).orElse(wanted.name());
    if (wanted.name().isEmpty() || wanted.name().length() > 60) {
      return invalid(operation, "the name must have 1 to 60 characters");
    }
    if (!wanted.token().matches("[ -~]{1,64}")) {
      return invalid(operation, "the token must have 1 to 64 ASCII characters");
    }
    ApiRequest request =
        ApiRequest.write("CreateHaVip", operation)
            .with("VpcId", wanted.vpc())
            .with("SubnetId", wanted.subnet())
            .with("HaVipName", wanted.name())
            .with("ClientToken", wanted.token());
    request.parameters().put("CheckAssociate", wanted.onlyAuthorised());
    wanted.address().ifPresent(address -> request.with("Vip", address.toString()));
    return CompletableFuture.completedFuture(
        Results.then(
            api.call(request, Deadline.in(within)), answer -> allocated(operation, answer)));
  }

  private static CloudResult<IpAddress> allocated(String operation, ApiAnswer answer) {
    String vip = answer.body().path("HaVip").path("Vip").asText("");
    try {
      return new CloudResult.Done<>(IpAddress.parse(vip));
    } catch (IllegalArgumentException e) {
      return Calls.failed(
          CloudFailureKind.UNAVAILABLE,
          CallOutcome.UNKNOWN,
          operation,
          "the answer of request " + answer.requestId() + " names no address",
          "repeat with the same token");
    }
  }

  @Override
  public CompletableFuture<CloudResult<Move>> release(IpAddress address, Duration within) {
    String operation = "release HAVIP " + address;
    Deadline deadline = Deadline.in(within);
    return calls.write(
        address,
        operation,
        () ->
            Results.then(
                find(address, operation, deadline),
                found -> found.isEmpty() ? COMPLETE : release(found.get(), operation, deadline)));
  }

  private CloudResult<Move> release(HaVip havip, String operation, Deadline deadline) {
    if (!havip.state().equals("UNBIND")) {
      return Calls.refused(
          CloudFailureKind.INCORRECT_STATE,
          operation,
          havip.id()
              + " is held by "
              + havip.instanceId()
              + " ("
              + havip.networkInterfaceId()
              + ")",
          "take it out of the members' configuration first");
    }
    if (!havip.addressIp().isEmpty()) {
      return Calls.refused(
          CloudFailureKind.INCORRECT_STATE,
          operation,
          "the elastic IP " + havip.addressIp() + " leads to " + havip.id(),
          "unbind it first");
    }
    return Results.map(
        api.task(ApiRequest.write("DeleteHaVip", operation).with("HaVipId", havip.id()), deadline),
        answer -> Move.COMPLETE);
  }

  @Override
  public CompletableFuture<CloudResult<Move>> authorise(
      IpAddress address, List<CloudMember> members, Duration within) {
    return range("AssociateHaVipInstance", "add to", address, members, within, id -> !id);
  }

  @Override
  public CompletableFuture<CloudResult<Move>> revoke(
      IpAddress address, List<CloudMember> members, Duration within) {
    return range("DisassociateHaVipInstance", "remove from", address, members, within, id -> id);
  }

  /** {@code wanted} tells from whether a member is in the range whether the call must name it. */
  private CompletableFuture<CloudResult<Move>> range(
      String action,
      String verb,
      IpAddress address,
      List<CloudMember> members,
      Duration within,
      Predicate<Boolean> wanted) {
    String operation = verb + " the drift range of HAVIP " + address;
    boolean byInterface = members.stream().noneMatch(each -> each.networkInterface().isEmpty());
    if (!byInterface && members.stream().anyMatch(each -> each.instance().isEmpty())) {
      return invalid(operation, "name all members by their instances, or all by their interfaces");
    }
    Function<CloudMember, String> name =
        byInterface ? CloudMember::networkInterface : CloudMember::instance;
    Deadline deadline = Deadline.in(within);
    return calls.write(
        address,
        operation,
        () ->
            Results.then(
                existing(address, operation, deadline),
                havip -> {
                  List<String> ids =
                      members.stream()
                          .map(name)
                          .distinct()
                          .filter(id -> wanted.test(inRange(havip, id)))
                          .toList();
                  return change(
                      action, operation, havip.id(), ids, byInterface ? "ENI" : "CVM", deadline);
                }));
  }

  private static boolean inRange(HaVip havip, String id) {
    return havip.associations().stream().anyMatch(each -> each.memberId().equals(id));
  }

  private CloudResult<Move> change(
      String action,
      String operation,
      String havip,
      List<String> ids,
      String type,
      Deadline deadline) {
    for (int from = 0; from < ids.size(); from += MEMBERS_PER_REQUEST) {
      ApiRequest request = ApiRequest.write(action, operation);
      var set = request.parameters().putArray("HaVipAssociationSet");
      ids.subList(from, Math.min(ids.size(), from + MEMBERS_PER_REQUEST))
          .forEach(id ->
              set.addObject()
                  .put("HaVipId", havip)
                  .put("InstanceId", id)
                  .put("InstanceType", type));
      if (api.call(request, deadline)
          instanceof CloudResult.Failed<ApiAnswer>(CloudFailure failure)) {
        // Earlier requests of this call may have been carried out.
        return new CloudResult.Failed<>(from == 0 ? failure : doubtful(failure));
      }
    }
    return COMPLETE;
  }

  private static CloudFailure doubtful(CloudFailure failure) {
    return new CloudFailure(
        failure.kind(),
        CallOutcome.UNKNOWN,
        failure.operation(),
        failure.message(),
        failure.advice(),
        failure.retryAfter());
  }

  @Override
  public CompletableFuture<CloudResult<Move>> associatePublicIp(
      IpAddress address, IpAddress publicIp, Duration within) {
    String operation = "bind elastic IP " + publicIp + " to HAVIP " + address;
    Deadline deadline = Deadline.in(within);
    return calls.write(
        address,
        operation,
        () ->
            Results.then(
                existing(address, operation, deadline),
                havip -> bind(havip, publicIp.toString(), operation, deadline)));
  }

  private CloudResult<Move> bind(
      HaVip havip, String publicIp, String operation, Deadline deadline) {
    if (havip.addressIp().equals(publicIp)) {
      return COMPLETE;
    }
    if (!havip.addressIp().isEmpty()) {
      return Calls.refused(
          CloudFailureKind.CONFLICT,
          operation,
          havip.id() + " has the elastic IP " + havip.addressIp() + " already",
          "unbind that one first");
    }
    ApiRequest request =
        ApiRequest.write("HaVipAssociateAddressIp", operation)
            .with("HaVipId", havip.id())
            .with("AddressIp", publicIp);
    return decided(
        api.task(request, deadline),
        havip,
        operation,
        now -> now.addressIp().equals(publicIp),
        deadline);
  }

  @Override
  public CompletableFuture<CloudResult<Move>> disassociatePublicIp(
      IpAddress address, Duration within) {
    String operation = "unbind the elastic IP of HAVIP " + address;
    Deadline deadline = Deadline.in(within);
    return calls.write(
        address,
        operation,
        () ->
            Results.then(
                existing(address, operation, deadline),
                havip ->
                    havip.addressIp().isEmpty() ? COMPLETE : unbind(havip, operation, deadline)));
  }

  private CloudResult<Move> unbind(HaVip havip, String operation, Deadline deadline) {
    ApiRequest request =
        ApiRequest.write("HaVipDisassociateAddressIp", operation).with("HaVipId", havip.id());
    return decided(
        api.task(request, deadline), havip, operation, now -> now.addressIp().isEmpty(), deadline);
  }

  /**
   * The API says "bound already" both when it is bound as asked and when it is bound to another;
   * only looking tells.
   */
  private CloudResult<Move> decided(
      CloudResult<ApiAnswer> result,
      HaVip havip,
      String operation,
      Predicate<HaVip> asWanted,
      Deadline deadline) {
    if (!(result instanceof CloudResult.Failed<ApiAnswer>(CloudFailure failure))) {
      return COMPLETE;
    }
    if (failure.kind() != CloudFailureKind.ALREADY_DONE) {
      return new CloudResult.Failed<>(failure);
    }
    return Results.then(
        existing(IpAddress.parse(havip.vip()), operation, deadline),
        now ->
            asWanted.test(now)
                ? COMPLETE
                : Calls.refused(
                    CloudFailureKind.CONFLICT,
                    operation,
                    failure.message(),
                    "the elastic IP is bound elsewhere: unbind it there first"));
  }

  /**
   * Renames a HAVIP ({@code ModifyHaVipAttribute}, which can change nothing else).
   *
   * @param address the HAVIP
   * @param name 1 to 60 characters
   * @param within the deadline
   * @return complete when it has the name
   */
  public CompletableFuture<CloudResult<Move>> rename(
      IpAddress address, String name, Duration within) {
    String operation = "rename HAVIP " + address;
    if (name.isEmpty() || name.length() > 60) {
      return invalid(operation, "the name must have 1 to 60 characters");
    }
    Deadline deadline = Deadline.in(within);
    return calls.write(
        address,
        operation,
        () ->
            Results.then(
                existing(address, operation, deadline),
                havip ->
                    Results.map(
                        api.call(
                            ApiRequest.write("ModifyHaVipAttribute", operation)
                                .with("HaVipId", havip.id())
                                .with("HaVipName", name),
                            deadline),
                        answer -> Move.COMPLETE)));
  }

  /**
   * Reads how many HAVIPs a VPC of this account may have.
   *
   * @param within the deadline
   * @return the quota; 10 unless it was raised
   */
  public CompletableFuture<CloudResult<Integer>> quota(Duration within) {
    return CompletableFuture.completedFuture(api.haVipQuota(Deadline.in(within)));
  }

  /** The HAVIP with an address; empty if there is none in the VPC. */
  CloudResult<Optional<HaVip>> find(IpAddress address, String operation, Deadline deadline) {
    if (address.family() != IpFamily.IPV4) {
      return Calls.refused(
          CloudFailureKind.INVALID, operation, "a HAVIP of Tencent Cloud is IPv4", "");
    }
    return Results.then(
        api.haVips(settings.vpc(), address.toString(), deadline),
        found ->
            found.size() <= 1
                ? new CloudResult.Done<>(found.stream().findFirst())
                : Calls.refused(
                    CloudFailureKind.CONFLICT,
                    operation,
                    settings.vpc() + " has " + found.size() + " HAVIPs with this address",
                    ""));
  }

  /** The failure for a HAVIP that should be there. */
  CloudFailure missing(IpAddress address, String operation) {
    return CloudFailure.of(
        CloudFailureKind.NOT_FOUND,
        CallOutcome.NOT_APPLIED,
        operation,
        "there is no HAVIP %s in %s of %s".formatted(address, settings.vpc(), settings.region()),
        "check the address, the VPC and the region; an ordinary private address is no HAVIP");
  }

  private CloudResult<HaVip> existing(IpAddress address, String operation, Deadline deadline) {
    return Results.then(
        find(address, operation, deadline),
        found ->
            found.isPresent()
                ? new CloudResult.Done<>(found.get())
                : new CloudResult.Failed<>(missing(address, operation)));
  }

  private static <T> CompletableFuture<CloudResult<T>> invalid(String operation, String message) {
    return CompletableFuture.completedFuture(
        Calls.refused(CloudFailureKind.INVALID, operation, message, ""));
  }
}
