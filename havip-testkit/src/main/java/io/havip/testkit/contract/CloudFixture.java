package io.havip.testkit.contract;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudFailureKind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What the {@link CloudBindingContract} needs of a cloud, real, local or simulated. Made anew for
 * each test: one address that nobody holds, and two members that may hold it.
 */
public interface CloudFixture extends AutoCloseable {

  /** One of the two members. */
  enum Member {
    /** The one that most tests act as. */
    FIRST,
    /** The other one. */
    SECOND
  }

  /** Something that can go wrong on the way to the cloud or in it. */
  enum Trouble {
    /** The member cannot reach the cloud at all. */
    BLACKOUT,
    /** The cloud does what it is asked to, but its reply is lost. */
    LOST_REPLY,
    /** The cloud refuses calls for their rate. */
    THROTTLED,
    /** The cloud accepts the connection and never replies. */
    SILENCE,
    /** The cloud does not accept the credentials. */
    AUTHENTICATION,
    /** The cloud does not accept the time of the signature. */
    CLOCK_SKEW
  }

  /** {@return the address} */
  IpAddress address();

  /** {@return an address that the cloud does not know} */
  IpAddress unknownAddress();

  /**
   * The access of a member, the same at each call.
   *
   * @param member which
   * @return the binding
   */
  CloudBinding binding(Member member);

  /**
   * Makes the cloud follow an announcement of the member, as its VPC would. Called only where
   * takeovers are announced.
   *
   * @param member which
   */
  void announce(Member member);

  /** {@return the troubles that this fixture can cause} The rules about others are skipped. */
  Set<Trouble> troubles();

  /**
   * Begins a trouble for a member.
   *
   * @param trouble one of {@link #troubles()}
   * @param member which
   */
  void begin(Trouble trouble, Member member);

  /** Ends all troubles. */
  void heal();

  /**
   * Lets time pass: virtual, or by waiting.
   *
   * @param length how much
   */
  void pass(Duration length);

  /**
   * Waits for the end of a call, letting time pass.
   *
   * @param call a running call
   * @param <T> what it returns
   * @return what it returned
   * @throws AssertionError if the call completed exceptionally, or has not ended after a minute
   */
  <T> T await(CompletableFuture<T> call);

  /** {@return time since some begin, as the fixture lets it pass} */
  Duration now();

  /**
   * The kind of failure by which a trouble shows.
   *
   * @param trouble the trouble
   * @return the kind
   */
  static CloudFailureKind kind(Trouble trouble) {
    return switch (trouble) {
      case BLACKOUT, LOST_REPLY -> CloudFailureKind.UNAVAILABLE;
      case THROTTLED -> CloudFailureKind.THROTTLED;
      case SILENCE -> CloudFailureKind.TIMEOUT;
      case AUTHENTICATION -> CloudFailureKind.AUTHENTICATION;
      case CLOCK_SKEW -> CloudFailureKind.CLOCK_SKEW;
    };
  }

  @Override
  void close();
}
