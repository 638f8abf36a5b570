package io.havip.testkit.contract;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudAdministration;
import io.havip.spi.cloud.CloudAdministration.Allocation;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudMember;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A broken administration.
 *
 * @param test the test that must notice
 * @param what what it does wrong
 * @param broken breaks it
 */
record AdministrationMutant(String test, String what, UnaryOperator<CloudAdministration> broken) {

  @Override
  public String toString() {
    return test + ": " + what;
  }

  static Stream<AdministrationMutant> all() {
    return Stream.of(addresses(), ranges(), publicAddresses(), failures()).flatMap(s -> s);
  }

  private static Stream<AdministrationMutant> addresses() {
    return Stream.of(
        new AdministrationMutant(
            "d1_anAllocatedAddressIsKnownAndHeldByNobody",
            "the wish for an address is forgotten",
            sound ->
                new BrokenAdministration(sound) {
                  @Override
                  public CompletableFuture<CloudResult<IpAddress>> allocate(
                      Allocation request, Duration within) {
                    return super.allocate(wish(request, Optional.empty(), request.token()), within);
                  }
                }),
        new AdministrationMutant(
            "d2_theSameTokenGivesTheSameAddress",
            "each request has a token of its own",
            AdministrationMutant::withOwnTokens),
        new AdministrationMutant(
            "d3_anAddressThatIsTakenOrReservedIsRefused",
            "another address instead",
            sound ->
                new BrokenAdministration(sound) {
                  @Override
                  public CompletableFuture<CloudResult<IpAddress>> allocate(
                      Allocation request, Duration within) {
                    return super.allocate(request, within)
                        .thenCompose(result ->
                            result instanceof CloudResult.Failed<IpAddress>
                                ? super.allocate(
                                    wish(request, Optional.empty(), request.token() + "-again"),
                                    within)
                                : CompletableFuture.completedFuture(result));
                  }
                }),
        new AdministrationMutant(
            "d4_aReleasedAddressIsGone_andReleasingIsIdempotent",
            "nothing is released",
            sound -> releasing(sound, (address, within) -> BrokenAdministration.complete())),
        new AdministrationMutant(
            "d4_aReleasedAddressIsGone_andReleasingIsIdempotent",
            "what is gone is an error",
            sound ->
                releasing(
                    sound,
                    (address, within) ->
                        sound
                            .disassociatePublicIp(address, within)
                            .thenCompose(seen ->
                                seen instanceof CloudResult.Failed<Move>
                                    ? CompletableFuture.completedFuture(seen)
                                    : sound.release(address, within)))),
        new AdministrationMutant(
            "d5_aHeldAddressIsNotReleased",
            "a refusal is hidden",
            sound ->
                releasing(
                    sound,
                    (address, within) ->
                        sound
                            .release(address, within)
                            .thenApply(result -> BrokenAdministration.COMPLETE))));
  }

  private static Allocation wish(Allocation request, Optional<IpAddress> address, String token) {
    return new Allocation(
        request.name(), request.vpc(), request.subnet(), address, request.onlyAuthorised(), token);
  }

  private static Stream<AdministrationMutant> ranges() {
    return Stream.of(
        new AdministrationMutant(
            "d6_onlyAuthorisedMembersHoldAnAddress",
            "nobody is authorised",
            sound ->
                new BrokenAdministration(sound) {
                  @Override
                  public CompletableFuture<CloudResult<Move>> authorise(
                      IpAddress address, List<CloudMember> members, Duration within) {
                    return complete();
                  }
                }),
        new AdministrationMutant(
            "d6_onlyAuthorisedMembersHoldAnAddress",
            "everybody may hold every address",
            sound ->
                new BrokenAdministration(sound) {
                  @Override
                  public CompletableFuture<CloudResult<IpAddress>> allocate(
                      Allocation r, Duration within) {
                    return super.allocate(
                        new Allocation(
                            r.name(), r.vpc(), r.subnet(), r.address(), false, r.token()),
                        within);
                  }
                }),
        new AdministrationMutant(
            "d6_aRevokedMemberCannotHoldAnAddress",
            "nobody is revoked",
            sound ->
                new BrokenAdministration(sound) {
                  @Override
                  public CompletableFuture<CloudResult<Move>> revoke(
                      IpAddress address, List<CloudMember> members, Duration within) {
                    return complete();
                  }
                }));
  }

  private static Stream<AdministrationMutant> publicAddresses() {
    return Stream.of(
        new AdministrationMutant(
            "d7_aPublicAddressLeadsToTheAddress_andIsTakenAway",
            "it is not taken away",
            sound ->
                new BrokenAdministration(sound) {
                  @Override
                  public CompletableFuture<CloudResult<Move>> disassociatePublicIp(
                      IpAddress address, Duration within) {
                    return complete();
                  }
                }),
        new AdministrationMutant(
            "d7_whatIsTakenIsNotAssociated",
            "a public address is taken from where it leads",
            sound ->
                new BrokenAdministration(sound) {
                  @Override
                  public CompletableFuture<CloudResult<Move>> associatePublicIp(
                      IpAddress address, IpAddress publicIp, Duration within) {
                    return disassociatePublicIp(address, within)
                        .thenCompose(done -> super.associatePublicIp(address, publicIp, within));
                  }
                }));
  }

  private static Stream<AdministrationMutant> failures() {
    return Stream.of(
        new AdministrationMutant(
            "d8_aCallEndsByItsDeadline_withAValue",
            "the deadline is doubled",
            sound ->
                releasing(
                    sound, (address, within) -> sound.release(address, within.multipliedBy(2)))),
        new AdministrationMutant(
            "d8_afterALostReplyTheOutcomeIsUnknown_andTheSameCallGetsThere",
            "a repetition is a new request",
            AdministrationMutant::withOwnTokens),
        new AdministrationMutant(
            "d8_afterALostReplyTheOutcomeIsUnknown_andTheSameCallGetsThere",
            "no reply is taken for nothing done",
            sound ->
                new BrokenAdministration(sound) {
                  @Override
                  public CompletableFuture<CloudResult<IpAddress>> allocate(
                      Allocation request, Duration within) {
                    return super.allocate(request, within)
                        .thenApply(AdministrationMutant::notApplied);
                  }
                }),
        new AdministrationMutant(
            "d9_refusedCallsAreTypedAndNotApplied",
            "every failure is the cloud's",
            sound ->
                releasing(
                    sound,
                    (address, within) ->
                        sound.release(address, within).thenApply(AdministrationMutant::retyped))),
        new AdministrationMutant(
            "d9_anUnknownAddressIsNotFound",
            "what is not there needs nothing done",
            sound ->
                new BrokenAdministration(sound) {
                  @Override
                  public CompletableFuture<CloudResult<Move>> disassociatePublicIp(
                      IpAddress address, Duration within) {
                    return super.disassociatePublicIp(address, within)
                        .thenApply(result -> COMPLETE);
                  }
                }));
  }

  private static <T> CloudResult<T> notApplied(CloudResult<T> result) {
    return result instanceof CloudResult.Failed<T>(CloudFailure f)
        ? new CloudResult.Failed<>(
            CloudFailure.of(
                f.kind(), CallOutcome.NOT_APPLIED, f.operation(), f.message(), f.advice()))
        : result;
  }

  private static <T> CloudResult<T> retyped(CloudResult<T> result) {
    return result instanceof CloudResult.Failed<T>(CloudFailure f)
        ? new CloudResult.Failed<>(
            CloudFailure.of(
                CloudFailureKind.UNAVAILABLE, f.outcome(), f.operation(), f.message(), f.advice()))
        : result;
  }

  @FunctionalInterface
  private interface Release {
    CompletableFuture<CloudResult<Move>> release(IpAddress address, Duration within);
  }

  private static CloudAdministration releasing(CloudAdministration sound, Release release) {
    return new BrokenAdministration(sound) {
      @Override
      public CompletableFuture<CloudResult<Move>> release(IpAddress address, Duration within) {
        return release.release(address, within);
      }
    };
  }

  private static CloudAdministration withOwnTokens(CloudAdministration sound) {
    return new BrokenAdministration(sound) {
      private int requests;

      @Override
      public CompletableFuture<CloudResult<IpAddress>> allocate(
          Allocation request, Duration within) {
        return super.allocate(
            wish(request, request.address(), request.token() + "-" + ++requests), within);
      }
    };
  }
}
