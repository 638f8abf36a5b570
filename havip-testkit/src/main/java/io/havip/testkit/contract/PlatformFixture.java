package io.havip.testkit.contract;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.MacAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Fence;
import io.havip.spi.GuardedRouter;
import io.havip.spi.Platform;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the contracts of a platform's seams need: two hosts on one link, in real or virtual time.
 * Made anew for each test; the hosts may be kept if a test leaves nothing behind on them.
 *
 * <p>Only the first host's platform is under test. The second one's must be sound, for the tests
 * look through it at what the first one does.
 *
 * <p>{@link #platform}, {@link #bounds} and the names of interfaces are asked for on any thread,
 * loops too; everything else on the test's thread only.
 */
public interface PlatformFixture extends AutoCloseable {

  /** One of the two hosts. */
  enum Host {
    /** The one whose platform is tested. */
    FIRST,
    /** The one that shows what the first one does. */
    SECOND
  }

  /** Something that a fixture may be able to do. Tests that need what it cannot do are skipped. */
  enum Ability {
    /** The loop and the workers of the platform have threads of their own. */
    THREADS,
    /** {@link #jumpWallClock}. */
    WALL_CLOCK,
    /** {@link #stall}. */
    STALL,
    /** {@link #sleep}. */
    SLEEP,
    /** {@link #holdInMortalProcess} and {@link #kill}. */
    KILL,
    /** The platform's fences silence an address of the host while it is still bound. */
    GATE,
    /** {@link #setUp}. */
    LINK_STATE,
    /** {@link #setPresent}. */
    PRESENCE,
    /** {@link #removeAddress}. */
    FOREIGN_REMOVAL,
    /** {@link #interfaceWithoutMac}. */
    ZERO_MAC,
    /** {@link #neighbour}. */
    SECOND_PLATFORM,
    /** {@link #answering}. */
    ANSWERS,
    /** {@link #askingFrom}. */
    QUESTIONS,
    /** {@link #removeLink}. */
    LINK_REMOVAL
  }

  /**
   * What the environment guarantees.
   *
   * @param late how much later than its time a callback may run on a busy machine, zero or more
   * @param settle after this time whatever has been sent has been heard, and whatever is due at
   *     once has run
   * @param patience longest time to wait for something that must happen
   */
  record Bounds(Duration late, Duration settle, Duration patience) {}

  /** {@return what this fixture can do} */
  Set<Ability> abilities();

  /** {@return what the environment guarantees} */
  Bounds bounds();

  /** {@return the IP versions in which the hosts can talk, at least one} */
  Set<IpFamily> families();

  /**
   * The platform of a host, the same at each call.
   *
   * @param host which
   * @return an open platform
   */
  Platform platform(Host host);

  /** {@return the name of the interface by which each host is on the link} */
  String interfaceName();

  /** {@return the name of the first host's loopback interface} */
  String loopbackName();

  /**
   * Returns the name of an interface of the first host that has no MAC address. Needs {@link
   * Ability#ZERO_MAC}.
   *
   * @return its name
   */
  default String interfaceWithoutMac() {
    throw new UnsupportedOperationException("interfaceWithoutMac");
  }

  /**
   * A host's own address, from which it may send adverts.
   *
   * @param host which
   * @param family one of {@link #families}
   * @return the address
   */
  IpAddress source(Host host, IpFamily family);

  /**
   * The MAC address of a host's interface.
   *
   * @param host which
   * @return the address
   */
  MacAddress mac(Host host);

  /**
   * A virtual address of the link's subnet that nobody has, the same at each call.
   *
   * @param family one of {@link #families}
   * @return the address
   */
  VirtualAddress freeAddress(IpFamily family);

  /**
   * What the neighbours have been told about an address since this fixture was made.
   *
   * @param address the address
   * @return the MAC address in the last announcement that was heard on the link
   */
  Optional<MacAddress> announced(IpAddress address);

  /**
   * Runs code on the loop of a host and waits for its end. Does not rely on what is tested.
   *
   * @param host which
   * @param code what to run
   * @param <T> what it returns
   * @return what it returned
   */
  <T> T call(Host host, Supplier<T> code);

  /**
   * Lets time pass until a condition is true.
   *
   * @param what names it
   * @param condition must not change anything
   * @throws AssertionError if it is not within {@link Bounds#patience}
   */
  void await(String what, BooleanSupplier condition);

  /**
   * Lets time pass: virtual, or by waiting.
   *
   * @param length how much
   */
  void pass(Duration length);

  /**
   * Sets the wall clock of the first host. Needs {@link Ability#WALL_CLOCK}.
   *
   * @param by how far it jumps, forward or back
   */
  default void jumpWallClock(Duration by) {
    throw new UnsupportedOperationException("jumpWallClock");
  }

  /**
   * Keeps the loop of the first host from running, as a long pause of the process does. Needs
   * {@link Ability#STALL}.
   *
   * @param before runs on the loop just before
   * @param meanwhile runs on the calling thread; when it ends the loop goes on
   */
  default void stall(Runnable before, Runnable meanwhile) {
    throw new UnsupportedOperationException("stall");
  }

  /**
   * Suspends the first host, and wakes it up. Needs {@link Ability#SLEEP}.
   *
   * @param length for how long
   */
  default void sleep(Duration length) {
    throw new UnsupportedOperationException("sleep");
  }

  /**
   * Opens a guard in a process of the first host that {@link #kill} can end, renews it as often as
   * it wants, and adds its addresses. The process runs a platform of the kind that is tested: the
   * tested one, or another where that would take the tests with it. A process that was killed is
   * started anew. Needs {@link Ability#KILL}.
   *
   * @param router whom to guard, with addresses that nobody has
   * @return what the guard declares
   */
  default Fence holdInMortalProcess(GuardedRouter router) {
    throw new UnsupportedOperationException("holdInMortalProcess");
  }

  /** Ends that process at once, as SIGKILL does. Needs {@link Ability#KILL}. */
  default void kill() {
    throw new UnsupportedOperationException("kill");
  }

  /**
   * Sets the first host's interface up or down, as an administrator would. Needs {@link
   * Ability#LINK_STATE}.
   *
   * @param up which
   */
  default void setUp(boolean up) {
    throw new UnsupportedOperationException("setUp");
  }

  /**
   * Takes the first host's interface away, or puts one of that name there, up and with the host's
   * own addresses. Needs {@link Ability#PRESENCE}.
   *
   * @param present which
   */
  default void setPresent(boolean present) {
    throw new UnsupportedOperationException("setPresent");
  }

  /**
   * Takes an address off the first host's interface, as an administrator would. Needs {@link
   * Ability#FOREIGN_REMOVAL}.
   *
   * @param address as it was added
   */
  default void removeAddress(VirtualAddress address) {
    throw new UnsupportedOperationException("removeAddress");
  }

  /**
   * Opens another platform on the first host, which {@link #close} closes. Needs {@link
   * Ability#SECOND_PLATFORM}.
   *
   * @return a platform of the same kind
   */
  default Platform neighbour() {
    throw new UnsupportedOperationException("neighbour");
  }

  /**
   * Asks on the link where an IPv4 address is. Needs {@link Ability#ANSWERS}.
   *
   * @param address the address
   * @return the MAC addresses of all answers to one question
   */
  default Set<MacAddress> answering(IpAddress address) {
    throw new UnsupportedOperationException("answering");
  }

  /**
   * Makes the first host send something from one of its IPv4 addresses to a neighbour of which it
   * knows nothing. Needs {@link Ability#QUESTIONS}.
   *
   * @param source the address
   * @return the senders that its ARP questions named
   */
  default Set<IpAddress> askingFrom(IpAddress source) {
    throw new UnsupportedOperationException("askingFrom");
  }

  /**
   * Removes an interface of the first host, as an administrator would. Needs {@link
   * Ability#LINK_REMOVAL}.
   *
   * @param name its name
   */
  default void removeLink(String name) {
    throw new UnsupportedOperationException("removeLink");
  }

  /** Ends everything, also what a failed test has left open or disturbed. */
  @Override
  void close();
}
