package io.havip.testkit.scenario;

import io.havip.HavipListener;
import io.havip.VirtualRouterConfigBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * A process of a member that is about to start, for the code under test to add its part: health
 * checks, callbacks and listeners, as it does in production. Made anew for each start of a process.
 */
public final class MemberSetup {

  private final String name;
  private final VirtualRouterConfigBuilder router;
  private final List<HavipListener> listeners = new ArrayList<>();

  MemberSetup(String name, VirtualRouterConfigBuilder router) {
    this.name = name;
    this.router = router;
  }

  /** {@return the member's name} */
  public String name() {
    return name;
  }

  /**
   * {@return the configuration of its virtual router, as the scenario has it, to which to add}
   * Callbacks and health checks run on the simulation's thread in virtual time; they must not wait.
   */
  public VirtualRouterConfigBuilder router() {
    return router;
  }

  /**
   * Adds a listener to the node.
   *
   * @param listener hears its events
   * @return this
   */
  public MemberSetup listener(HavipListener listener) {
    listeners.add(listener);
    return this;
  }

  List<HavipListener> listeners() {
    return listeners;
  }
}
