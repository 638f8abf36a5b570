package io.havip.testkit.scenario;

import io.havip.net.IpAddress;
import io.havip.spi.Fence;

/**
 * A member of the group.
 *
 * @param name names its host in steps, different from all other stations
 * @param address its own, of the segment
 * @param router what its virtual router is set to
 * @param fence what takes the addresses away when its process dies or stalls
 */
public record Member(String name, IpAddress address, RouterSettings router, Fence fence) {

  /** Checks the name and the bounds of the fence. */
  public Member {
    Names.require(name);
    boolean kept =
        switch (fence) {
          case Fence.None() -> true;
          case Fence.OnExit exit -> !exit.exitBound().isNegative();
          case Fence.OnExitAndStall both ->
              !both.exitBound().isNegative() && !both.stallBound().isNegative();
        };
    if (!kept) {
      throw new IllegalArgumentException("the bound of a fence is not negative: " + fence);
    }
  }

  /**
   * {@return the same with other settings}
   *
   * @param value the settings
   */
  public Member withRouter(RouterSettings value) {
    return new Member(name, address, value, fence);
  }

  /**
   * {@return the same with another fence}
   *
   * @param value the fence
   */
  public Member withFence(Fence value) {
    return new Member(name, address, router, value);
  }
}
