package io.havip.tencent;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudAdministration;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudMember;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverRequest;
import io.havip.tencent.client.ApiClient;
import io.havip.tencent.client.Deadline;
import io.havip.tencent.client.HaVip;
import io.havip.tencent.client.Pauses;
import io.havip.tencent.client.VpcApi;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A HAVIP of Tencent Cloud. The members move it by announcing it; no call can. The binding tells
 * who holds it, and so whether an announcement was accepted, for the cloud drops what it does not
 * accept without a word.
 *
 * <p>The {@linkplain Observation.Details#revision revision} of an observation is the holder's
 * interface with the API's {@code FlushedTime}, the moment at which an announcement last moved the
 * address: it changes with every accepted move. The {@linkplain Observation.Details#obstacle
 * obstacle} names what would make the cloud ignore this member: no interface in the HAVIP's subnet,
 * or not in its drift range.
 *
 * <p>A call makes one request, two in the first minute and once a minute after that. It blocks its
 * thread. IPv4 only, as the HAVIP is.
 */
public final class TencentHavipBinding implements CloudBinding {

  /**
   * Time between announcements of one address. The cloud limits announcements per interface without
   * telling the number; its guide repeats them every five seconds.
   */
  private static final Duration SPACING = Duration.ofSeconds(5);

  /** The vendor's guides speak of about ten seconds for a switch. */
  private static final Duration CONVERGENCE = Duration.ofSeconds(10);

  private final TencentSettings settings;
  private final ApiClient client;
  private final VpcApi api;
  private final Self self;
  private final Calls calls = new Calls();
  private final TencentHavipAdministration administration;

  /**
   * Opens the binding. Makes no request.
   *
   * @param settings where, and who this member is
   */
  public TencentHavipBinding(TencentSettings settings) {
    this(settings, Pauses.SLEEP);
  }

  TencentHavipBinding(TencentSettings settings, Pauses pauses) {
    this.settings = settings;
    client = new ApiClient(TencentClients.settings(settings), pauses);
    api = new VpcApi(client);
    self = new Self(settings, api);
    administration = new TencentHavipAdministration(settings, api, calls);
  }

  @Override
  public String description() {
    return "Tencent Cloud HAVIP in " + settings.vpc() + " of " + settings.region() + ", " + self;
  }

  @Override
  public CloudCapabilities capabilities() {
    return CloudCapabilities.announced(settings.callsPerSecond(), SPACING, CONVERGENCE);
  }

  @Override
  public CompletableFuture<Observation> describe(IpAddress address, Duration within) {
    String operation = "describe HAVIP " + address;
    return Calls.observe(operation, () -> observe(address, operation, Deadline.in(within)));
  }

  private Observation observe(IpAddress address, String operation, Deadline deadline) {
    return switch (administration.find(address, operation, deadline)) {
      case CloudResult.Failed<Optional<HaVip>>(CloudFailure failure) ->
          new Observation.Unknown(failure);
      case CloudResult.Done<Optional<HaVip>>(Optional<HaVip> found) ->
          found.isEmpty()
              ? new Observation.Unknown(administration.missing(address, operation))
              : holder(found.get(), operation, deadline);
    };
  }

  private Observation holder(HaVip havip, String operation, Deadline deadline) {
    boolean named = !havip.networkInterfaceId().isEmpty() || !havip.instanceId().isEmpty();
    if (!havip.state().equals(named ? "AVAILABLE" : "UNBIND")) {
      return new Observation.Unknown(
          CloudFailure.of(
              CloudFailureKind.UNAVAILABLE,
              CallOutcome.NOT_APPLIED,
              operation,
              "the API contradicts itself: %s is %s and its holder is \"%s\""
                  .formatted(havip.id(), havip.state(), havip.networkInterfaceId()),
              ""));
    }
    Observation.Details details =
        HavipDetails.of(havip, new Obstacles(settings, self).of(havip, deadline));
    if (!named) {
      return new Observation.Nobody(details);
    }
    CloudMember holder = new CloudMember(havip.instanceId(), havip.networkInterfaceId());
    return switch (self.member()) {
      case CloudResult.Failed<CloudMember>(CloudFailure failure) ->
          new Observation.Unknown(failure);
      case CloudResult.Done<CloudMember>(CloudMember me) ->
          new Observation.HeldBy(
              holder, Self.same(me, holder.instance(), holder.networkInterface()), details);
    };
  }

  @Override
  public CompletableFuture<CloudResult<Move>> takeover(TakeoverRequest request, Duration within) {
    return CompletableFuture.completedFuture(
        Calls.refused(
            CloudFailureKind.INVALID,
            "take over HAVIP " + request.address(),
            "Tencent Cloud has no call that moves a HAVIP",
            "announce the address; the cloud follows"));
  }

  @Override
  public CompletableFuture<CloudResult<Move>> relinquish(IpAddress address, Duration within) {
    return CompletableFuture.completedFuture(
        Calls.refused(
            CloudFailureKind.INVALID,
            "give up HAVIP " + address,
            "Tencent Cloud has no call that takes a HAVIP from its holder",
            "remove the address from the host; the next holder's announcement moves it"));
  }

  @Override
  public Optional<CloudAdministration> administration() {
    return Optional.of(administration);
  }

  /** {@return {@link #administration} with what only this cloud has} */
  public TencentHavipAdministration havips() {
    return administration;
  }

  @Override
  public void close() {
    client.close();
  }
}
