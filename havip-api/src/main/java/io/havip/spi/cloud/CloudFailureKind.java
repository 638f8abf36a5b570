package io.havip.spi.cloud;

/** Why a cloud did not do what it was asked to. */
public enum CloudFailureKind {

  /** Too many calls in a time. */
  THROTTLED(true),

  /** Another operation on the same address is still running. */
  BUSY(true),

  /** The address is occupied, or the mapping is no longer what the request took it for. */
  CONFLICT(true),

  /** What was asked for is so already, and the cloud calls that an error. */
  ALREADY_DONE(true),

  /** The address, the subnet or the interface does not exist, in this region at least. */
  NOT_FOUND(false),

  /** This member may not hold the address: it is outside the drift range or not associated. */
  NOT_MEMBER(false),

  /** The address belongs to another subnet than this member. */
  WRONG_SUBNET(false),

  /** The resource is in a state in which the operation is not possible, as a rule for a while. */
  INCORRECT_STATE(true),

  /** A quota of the account is used up. */
  QUOTA(false),

  /** The subnet or the region has nothing left to give. */
  CAPACITY(false),

  /** The credentials are missing, wrong or expired. */
  AUTHENTICATION(false),

  /** The signature is refused because the clocks of this host and of the cloud differ too much. */
  CLOCK_SKEW(false),

  /** The credentials are good, but a policy does not allow the operation. */
  FORBIDDEN(false),

  /** The cloud does not understand the request: a setting or the binding is wrong. */
  INVALID(false),

  /** The cloud cannot be reached, or failed itself. */
  UNAVAILABLE(true),

  /** The deadline of the call passed. */
  TIMEOUT(true);

  private final boolean retryable;

  CloudFailureKind(boolean retryable) {
    this.retryable = retryable;
  }

  /**
   * {@return whether the same call may work soon without anybody's help} What is not retryable
   * waits for a person; the node asks again only now and then, to notice that the person has come.
   */
  public boolean retryable() {
    return retryable;
  }
}
