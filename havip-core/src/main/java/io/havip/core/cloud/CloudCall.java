package io.havip.core.cloud;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.TakeoverRequest;

/** A call of a cloud binding. */
public sealed interface CloudCall {

  /** {@return the address it is about} */
  IpAddress address();

  /** {@return whether it may change anything} */
  boolean writes();

  /** {@return what it does, with its object} */
  String describe();

  /**
   * Look where the address is mapped.
   *
   * @param address the address
   */
  record Describe(IpAddress address) implements CloudCall {
    @Override
    public boolean writes() {
      return false;
    }

    @Override
    public String describe() {
      return "describe " + address;
    }
  }

  /**
   * Move the address to this member.
   *
   * @param request with what was last seen
   */
  record Takeover(TakeoverRequest request) implements CloudCall {
    @Override
    public IpAddress address() {
      return request.address();
    }

    @Override
    public boolean writes() {
      return true;
    }

    @Override
    public String describe() {
      return "take " + request.address() + " over";
    }
  }

  /**
   * Give the address up if this member has it.
   *
   * @param address the address
   */
  record Relinquish(IpAddress address) implements CloudCall {
    @Override
    public boolean writes() {
      return true;
    }

    @Override
    public String describe() {
      return "relinquish " + address;
    }
  }
}
