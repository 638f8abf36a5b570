package io.havip.testkit.sim;

import io.havip.net.IpAddress;
import java.util.Optional;

/**
 * A cloud as the simulation sees it: it can be struck by faults, and watched. It calls {@link
 * Simulation#cloudChanged} when an answer changes. Called on the thread of the simulation.
 */
public interface SimulatedCloud {

  /**
   * Does what a fault says.
   *
   * @param fault what goes wrong, or its end
   */
  void strike(CloudFault fault);

  /**
   * Whether its API fails a member at this moment.
   *
   * @param member the member's name
   * @return true if it does
   */
  boolean fails(String member);

  /**
   * Whether a member cannot reach its API at this moment.
   *
   * @param member the member's name
   * @return true if it cannot
   */
  boolean outOfReach(String member);

  /**
   * To whom it maps an address at this moment.
   *
   * @param address the address
   * @return the member's name; empty for nobody
   */
  Optional<String> holder(IpAddress address);

  /**
   * Whether it shows every change of its register to {@link Simulation#sighted}.
   *
   * @return true if it does
   */
  boolean showsWrites();
}
