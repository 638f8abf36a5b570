package io.havip.spi;

import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * A host's network as one node sees it, and the loop that drives the node.
 *
 * <p>{@link #execute}, {@link #inLoop}, {@link #workers}, {@link #timers}, {@link #realTime},
 * {@link #description} and {@link #close} may be called from any thread; everything else belongs to
 * the loop.
 */
public interface Platform extends AutoCloseable {

  /** {@return one line for logs and snapshots: the platform and what it found on the host} */
  String description();

  /**
   * Runs a task on the loop. Tasks run in the order in which they were given, one at a time, and a
   * task given on the loop runs after the current one. After {@link #close} tasks are dropped
   * silently.
   *
   * @param task must not block; what it throws is logged by the platform and does not end the loop
   */
  void execute(Runnable task);

  /** {@return whether the calling thread is the loop} */
  boolean inLoop();

  /**
   * {@return what runs work that may block (health checks, callbacks of the application) away from
   * the loop} Results come back by {@link #execute}. The simulator runs it in virtual time.
   */
  Executor workers();

  /** {@return the clock and the deadlines of the loop} */
  Timers timers();

  /**
   * {@return whether time passes while code runs} If so, the node rehearses a takeover when it
   * starts, so that the first real one does not wait for class loading. A simulator returns false.
   */
  default boolean realTime() {
    return true;
  }

  /**
   * Takes the ways of a takeover once more, with no effect on host or network (rule P8): what has
   * not been used for seconds is not in the processor's caches any more. A node calls it on the
   * loop some milliseconds before a takeover may be due, and at most once a second. Nothing else
   * happens on the loop meanwhile, so it should be over in two milliseconds or so. By default
   * nothing is done.
   */
  default void rehearse() {}

  /** {@return what sends and receives VRRP messages} */
  AdvertChannel adverts();

  /** {@return what announces addresses to the neighbours} */
  NeighborAnnouncer announcer();

  /** {@return what puts virtual addresses on the host and takes them off} */
  AddressBinder addresses();

  /** {@return what silences the host for addresses that this process cannot give up any more} */
  default Fencing fencing() {
    return Fencing.none();
  }

  /** {@return what watches interfaces and their addresses} */
  LinkMonitor links();

  /**
   * {@return what makes interfaces with a virtual router's MAC address; empty if the platform
   * cannot, and then a router that asks for one is refused at the start}
   */
  default Optional<VirtualMacs> virtualMacs() {
    return Optional.empty();
  }

  /**
   * Stops the loop and releases everything, also the addresses still bound. Idempotent; waits at
   * most a few seconds for the loop to end unless called on it.
   */
  @Override
  void close();
}
