package io.havip.testkit.contract;

import static io.havip.testkit.contract.CloudFixture.Member.FIRST;
import static io.havip.testkit.contract.CloudFixture.Member.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudAdministration;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudMember;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import io.havip.testkit.contract.CloudFixture.Member;
import io.havip.testkit.contract.CloudFixture.Trouble;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The rules of {@link CloudAdministration}, for clouds that offer all of it. An author extends this
 * class and supplies an {@link AdministrationFixture}.
 *
 * <p>A test that takes longer than two minutes is interrupted and fails.
 */
@Timeout(120)
public abstract class CloudAdministrationContract {

  private static final Duration WITHIN = Duration.ofSeconds(20);
  private static final CloudResult<Move> COMPLETE = new CloudResult.Done<>(Move.COMPLETE);

  private AdministrationFixture cloud;

  /** For subclasses. */
  protected CloudAdministrationContract() {}

  /** {@return a new cloud with one address that nobody holds, and two members} */
  protected abstract AdministrationFixture fixture();

  /** Prepares a test. */
  @BeforeEach
  public void open() {
    cloud = fixture();
  }

  /** Ends a test. */
  @AfterEach
  public void close() {
    cloud.close();
  }

  private CloudAdministration administration() {
    return cloud.binding(FIRST).administration().orElseThrow();
  }

  private <T> CloudResult<T> await(CompletableFuture<CloudResult<T>> call) {
    return cloud.await(call);
  }

  private static <T> CloudFailure failure(CloudResult<T> result) {
    return switch (result) {
      case CloudResult.Failed<T> failed -> failed.failure();
      case CloudResult.Done<T> done ->
          throw new AssertionError("a call that cannot work ended as " + done);
    };
  }

  private static <T> T done(CloudResult<T> result) {
    return switch (result) {
      case CloudResult.Done<T> done -> done.value();
      case CloudResult.Failed<T> failed -> throw new AssertionError(failed.failure().describe());
    };
  }

  private CloudResult<IpAddress> allocate(Optional<IpAddress> address, String token) {
    return await(administration().allocate(cloud.allocation(address, false, token), WITHIN));
  }

  private CloudResult<Move> release(IpAddress address) {
    return await(administration().release(address, WITHIN));
  }

  private CloudResult<Move> associate(IpAddress address, IpAddress publicIp) {
    return await(administration().associatePublicIp(address, publicIp, WITHIN));
  }

  private CloudResult<Move> disassociate(IpAddress address) {
    return await(administration().disassociatePublicIp(address, WITHIN));
  }

  private Observation seen(Member member, IpAddress address) {
    cloud.pass(cloud.binding(member).capabilities().staleness());
    return cloud.await(cloud.binding(member).describe(address, CloudCalls.WITHIN));
  }

  private Observation seen(IpAddress address) {
    return seen(FIRST, address);
  }

  private boolean holds(Member member, IpAddress address) {
    return seen(member, address) instanceof Observation.HeldBy held && held.mine();
  }

  private Optional<IpAddress> publicIp(IpAddress address) {
    return switch (seen(address)) {
      case Observation.HeldBy held -> held.details().publicIp();
      case Observation.Nobody nobody -> nobody.details().publicIp();
      case Observation.Unknown unknown -> throw new AssertionError(unknown.cause().describe());
    };
  }

  private void assertRefused(CloudFailureKind kind, CloudResult<?> result) {
    CloudFailure failure = failure(result);
    assertEquals(kind, failure.kind(), failure::describe);
    assertEquals(CallOutcome.NOT_APPLIED, failure.outcome(), failure::describe);
    assertFalse(failure.message().isBlank(), "a failure says what the cloud said");
  }

  private void assertGone(IpAddress address) {
    var seen = assertInstanceOf(Observation.Unknown.class, seen(address));
    assertEquals(CloudFailureKind.NOT_FOUND, seen.cause().kind());
  }

  private void needs(Trouble trouble) {
    assumeTrue(cloud.troubles().contains(trouble), () -> "the fixture cannot cause " + trouble);
  }

  /** What is allocated is there. */
  @Test
  public void d1_anAllocatedAddressIsKnownAndHeldByNobody() {
    IpAddress picked = done(allocate(Optional.empty(), "t-1"));
    assertInstanceOf(Observation.Nobody.class, seen(picked));
    IpAddress wanted = cloud.freeAddress();
    assertEquals(wanted, done(allocate(Optional.of(wanted), "t-2")));
    assertInstanceOf(Observation.Nobody.class, seen(wanted));
  }

  /** Whoever is in doubt asks again. */
  @Test
  public void d2_theSameTokenGivesTheSameAddress() {
    IpAddress first = done(allocate(Optional.empty(), "t-1"));
    cloud.pass(Duration.ofSeconds(1));
    assertEquals(first, done(allocate(Optional.empty(), "t-1")));
    assertNotEquals(first, done(allocate(Optional.empty(), "t-2")));
  }

  /** What cannot be given is refused. */
  @Test
  public void d3_anAddressThatIsTakenOrReservedIsRefused() {
    assertRefused(CloudFailureKind.CONFLICT, allocate(Optional.of(cloud.address()), "t-1"));
    assertRefused(CloudFailureKind.INVALID, allocate(Optional.of(cloud.reservedAddress()), "t-2"));
    assertGone(cloud.reservedAddress());
  }

  /** What is released is gone. */
  @Test
  public void d4_aReleasedAddressIsGone_andReleasingIsIdempotent() {
    assertEquals(COMPLETE, release(cloud.address()));
    assertGone(cloud.address());
    assertEquals(COMPLETE, release(cloud.address()));
  }

  /** Nobody loses an address by a release. */
  @Test
  public void d5_aHeldAddressIsNotReleased() {
    cloud.claim(SECOND, cloud.address());
    assertTrue(holds(SECOND, cloud.address()));
    assertRefused(CloudFailureKind.INCORRECT_STATE, release(cloud.address()));
    assertTrue(holds(SECOND, cloud.address()), "the holder lost it");
  }

  /** Who may hold an address, may; who may not, cannot. */
  @Test
  public void d6_onlyAuthorisedMembersHoldAnAddress() {
    IpAddress address =
        done(
            await(
                administration()
                    .allocate(cloud.allocation(Optional.empty(), true, "t-1"), WITHIN)));
    cloud.claim(SECOND, address);
    assertInstanceOf(Observation.Nobody.class, seen(address), "nobody was allowed");
    assertEquals(COMPLETE, authorise(address, FIRST));
    cloud.claim(FIRST, address);
    assertTrue(holds(FIRST, address), "an authorised member cannot hold it");
    assertEquals(COMPLETE, authorise(address, FIRST, SECOND));
    assertEquals(COMPLETE, authorise(address, SECOND), "authorising twice is authorising once");
    cloud.claim(SECOND, address);
    assertTrue(holds(SECOND, address));
    cloud.claim(FIRST, address);
    assertTrue(holds(FIRST, address), "who was allowed before is no longer");
  }

  /** Who is no longer allowed is as if never. */
  @Test
  public void d6_aRevokedMemberCannotHoldAnAddress() {
    IpAddress address =
        done(
            await(
                administration()
                    .allocate(cloud.allocation(Optional.empty(), true, "t-1"), WITHIN)));
    assertEquals(COMPLETE, authorise(address, FIRST, SECOND));
    List<CloudMember> first = List.of(cloud.name(FIRST));
    assertEquals(COMPLETE, await(administration().revoke(address, first, WITHIN)));
    assertEquals(COMPLETE, await(administration().revoke(address, first, WITHIN)));
    cloud.claim(SECOND, address);
    cloud.claim(FIRST, address);
    assertTrue(holds(SECOND, address), "a member that was revoked holds it");
  }

  private CloudResult<Move> authorise(IpAddress address, Member... members) {
    return await(
        administration()
            .authorise(address, Arrays.stream(members).map(cloud::name).toList(), WITHIN));
  }

  /** A public address leads to the virtual one until it is taken away. */
  @Test
  public void d7_aPublicAddressLeadsToTheAddress_andIsTakenAway() {
    IpAddress publicIp = cloud.publicIps().getFirst();
    assertEquals(Optional.empty(), publicIp(cloud.address()));
    assertEquals(COMPLETE, associate(cloud.address(), publicIp));
    assertEquals(Optional.of(publicIp), publicIp(cloud.address()));
    assertEquals(COMPLETE, associate(cloud.address(), publicIp), "twice is once");
    assertEquals(COMPLETE, disassociate(cloud.address()));
    assertEquals(Optional.empty(), publicIp(cloud.address()));
    assertEquals(COMPLETE, disassociate(cloud.address()), "twice is once");
  }

  /** Neither of the two is taken from where it belongs. */
  @Test
  public void d7_whatIsTakenIsNotAssociated() {
    IpAddress publicIp = cloud.publicIps().getFirst();
    IpAddress other = done(allocate(Optional.of(cloud.freeAddress()), "t-1"));
    assertEquals(COMPLETE, associate(cloud.address(), publicIp));
    assertRefused(CloudFailureKind.CONFLICT, associate(other, publicIp));
    assertRefused(CloudFailureKind.CONFLICT, associate(cloud.address(), cloud.publicIps().get(1)));
    assertEquals(Optional.of(publicIp), publicIp(cloud.address()));
    assertEquals(Optional.empty(), publicIp(other));
  }

  /** A call ends by its deadline. */
  @Test
  public void d8_aCallEndsByItsDeadline_withAValue() {
    needs(Trouble.SILENCE);
    cloud.begin(Trouble.SILENCE, FIRST);
    Duration began = cloud.now();
    CloudFailure failure =
        failure(await(administration().release(cloud.address(), CloudCalls.WITHIN)));
    assertEquals(CloudFailureKind.TIMEOUT, failure.kind());
    Duration took = cloud.now().minus(began);
    assertTrue(took.compareTo(CloudCalls.WITHIN.plus(CloudCalls.GRACE)) <= 0, () -> "took " + took);
  }

  /** A lost reply to a write says nothing; asking again does. */
  @Test
  public void d8_afterALostReplyTheOutcomeIsUnknown_andTheSameCallGetsThere() {
    needs(Trouble.LOST_REPLY);
    cloud.begin(Trouble.LOST_REPLY, FIRST);
    assertEquals(CallOutcome.UNKNOWN, failure(allocate(Optional.empty(), "t-1")).outcome());
    cloud.heal();
    IpAddress address = done(allocate(Optional.empty(), "t-1"));
    assertInstanceOf(Observation.Nobody.class, seen(address));
    assertEquals(address, done(allocate(Optional.empty(), "t-1")), "there are two");
  }

  /** What is refused is typed and was not done. */
  @Test
  public void d9_refusedCallsAreTypedAndNotApplied() {
    for (Trouble trouble : List.of(Trouble.THROTTLED, Trouble.AUTHENTICATION, Trouble.CLOCK_SKEW)) {
      if (cloud.troubles().contains(trouble)) {
        cloud.begin(trouble, FIRST);
        CloudResult<Move> result = release(cloud.address());
        cloud.heal();
        assertRefused(CloudFixture.kind(trouble), result);
      }
    }
    assertInstanceOf(Observation.Nobody.class, seen(cloud.address()));
  }

  /** What is not there is not found. */
  @Test
  public void d9_anUnknownAddressIsNotFound() {
    IpAddress unknown = cloud.freeAddress();
    assertRefused(CloudFailureKind.NOT_FOUND, associate(unknown, cloud.publicIps().getFirst()));
    assertRefused(CloudFailureKind.NOT_FOUND, disassociate(unknown));
    assertRefused(CloudFailureKind.NOT_FOUND, authorise(unknown, FIRST));
  }

  /** A closed binding administrates nothing. */
  @Test
  public void d10_afterClose_callsFailAndChangeNothing() {
    CloudAdministration administration = administration();
    cloud.binding(FIRST).close();
    assertRefused(
        CloudFailureKind.UNAVAILABLE, await(administration.release(cloud.address(), WITHIN)));
    assertRefused(
        CloudFailureKind.UNAVAILABLE,
        await(administration.allocate(cloud.allocation(Optional.empty(), false, "t-1"), WITHIN)));
    assertInstanceOf(Observation.Nobody.class, seen(SECOND, cloud.address()));
  }
}
