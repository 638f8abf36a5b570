package io.havip.spi.cloud;

import io.havip.net.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Prepares virtual addresses in a cloud. Applications and tools call it; the node does not.
 * Threads, deadlines and failures are as for {@link CloudBinding} (C4, C7, C8, C13, C15, C16; here
 * D8 to D10). What a cloud does not offer fails as {@link CloudFailureKind#INVALID}, not applied.
 */
public interface CloudAdministration {

  /**
   * Allocates a virtual address, which nobody holds (D1). One that is taken is refused as a
   * conflict, one that the cloud keeps for itself as invalid (D3).
   *
   * @param request where, and which
   * @param within the deadline
   * @return the address
   */
  CompletableFuture<CloudResult<IpAddress>> allocate(Allocation request, Duration within);

  /**
   * Gives an address back to the cloud (D4). Refused while a member holds it (D5). Idempotent.
   *
   * @param address the address
   * @param within the deadline
   * @return complete when the address is gone
   */
  CompletableFuture<CloudResult<Move>> release(IpAddress address, Duration within);

  /**
   * Allows members to hold an address (D6). Those allowed already stay so. Idempotent.
   *
   * @param address the address
   * @param members all named by their instances, or all by their interfaces
   * @param within the deadline
   * @return complete when all of them may hold it
   */
  CompletableFuture<CloudResult<Move>> authorise(
      IpAddress address, List<CloudMember> members, Duration within);

  /**
   * Forbids members to hold an address (D6). Idempotent.
   *
   * @param address the address
   * @param members named as for {@link #authorise}
   * @param within the deadline
   * @return complete when none of them may hold it
   */
  CompletableFuture<CloudResult<Move>> revoke(
      IpAddress address, List<CloudMember> members, Duration within);

  /**
   * Makes a public address lead to a virtual one (D7). Idempotent; refused if either of them is
   * taken.
   *
   * @param address the virtual address
   * @param publicIp the public address
   * @param within the deadline
   * @return complete when it does
   */
  CompletableFuture<CloudResult<Move>> associatePublicIp(
      IpAddress address, IpAddress publicIp, Duration within);

  /**
   * Takes the public address away from a virtual one (D7). Idempotent.
   *
   * @param address the virtual address
   * @param within the deadline
   * @return complete when no public address leads to it
   */
  CompletableFuture<CloudResult<Move>> disassociatePublicIp(IpAddress address, Duration within);

  /**
   * What to allocate.
   *
   * @param name a name for people
   * @param vpc the id of the VPC
   * @param subnet the id of the subnet
   * @param address the address wanted; empty to let the cloud pick one
   * @param onlyAuthorised whether only {@linkplain #authorise authorised} members may hold it
   * @param token makes a repeated request return the same address instead of a second one; chosen
   *     by the caller, new for each address (D2)
   */
  record Allocation(
      String name,
      String vpc,
      String subnet,
      Optional<IpAddress> address,
      boolean onlyAuthorised,
      String token) {}
}
