package io.havip.vpc;

import io.havip.net.IpAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A private address of a subnet that no interface owns: the one that announced it last holds it.
 * The cloud neither checks its health nor decides where it goes.
 *
 * @param id names it
 * @param name what people call it, 1 to 60 characters
 * @param subnet the subnet it is taken from
 * @param address the address
 * @param driftRange who may take it
 * @param created when it was allocated
 * @param holder the interface to which traffic goes, or null; it need not be attached any more
 * @param flushed when an announcement or an unbinding last changed or confirmed the holder, or null
 *     if that never happened: the only receipt a cloud gives for an announcement
 */
public record Havip(
    HavipId id,
    String name,
    SubnetId subnet,
    IpAddress address,
    DriftRange driftRange,
    Instant created,
    @Nullable InterfaceId holder,
    @Nullable Instant flushed) {

  /**
   * Returns whether it has a holder.
   *
   * @return the status
   */
  public HavipStatus status() {
    return holder == null ? HavipStatus.UNBIND : HavipStatus.AVAILABLE;
  }

  /**
   * The same under another name.
   *
   * @param newName 1 to 60 characters
   * @return the changed copy
   */
  public Havip withName(String newName) {
    return new Havip(id, newName, subnet, address, driftRange, created, holder, flushed);
  }

  /**
   * The same with another drift range.
   *
   * @param newRange who may take it
   * @return the changed copy
   */
  public Havip withDriftRange(DriftRange newRange) {
    return new Havip(id, name, subnet, address, newRange, created, holder, flushed);
  }

  /**
   * The same with another holder.
   *
   * @param newHolder the interface, or null
   * @param at when
   * @return the changed copy
   */
  public Havip withHolder(@Nullable InterfaceId newHolder, Instant at) {
    return new Havip(id, name, subnet, address, driftRange, created, newHolder, at);
  }

  /**
   * The same without a holder and with the time of the last change as it was, because its holder no
   * longer exists.
   *
   * @return the changed copy
   */
  public Havip withoutHolder() {
    return new Havip(id, name, subnet, address, driftRange, created, null, flushed);
  }
}
