package io.havip.vpc;

import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import java.util.List;

/**
 * A private network in a cloud. Addresses are unique within it.
 *
 * @param id names it
 * @param name what people call it
 * @param blocks its addresses, at least one block, of either family, without overlap
 * @param multicast whether IP multicast passes; where it does, it reaches the whole VPC, across
 *     subnets, so that VRIDs must be unique in the VPC
 */
public record Vpc(VpcId id, String name, List<Cidr> blocks, boolean multicast) {

  /**
   * Copies the blocks.
   *
   * @throws IllegalArgumentException if there is no block or two overlap
   */
  public Vpc {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("the VPC " + id + " has no addresses: give it a block");
    }
    for (int i = 0; i < blocks.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (blocks.get(i).overlaps(blocks.get(j))) {
          throw new IllegalArgumentException(
              "the blocks " + blocks.get(j) + " and " + blocks.get(i) + " of " + id + " overlap");
        }
      }
    }
  }

  /**
   * Tells whether every address of a block is one of this VPC's.
   *
   * @param block the block
   * @return true if one of this VPC's blocks contains it
   */
  public boolean contains(Cidr block) {
    return blocks.stream().anyMatch(b -> b.contains(block));
  }

  /**
   * Tells whether an address is one of this VPC's.
   *
   * @param address the address
   * @return true if one of this VPC's blocks contains it
   */
  public boolean contains(IpAddress address) {
    return blocks.stream().anyMatch(b -> b.contains(address));
  }

  /**
   * The same with multicast on or off.
   *
   * @param passes whether IP multicast passes
   * @return the changed copy
   */
  public Vpc withMulticast(boolean passes) {
    return new Vpc(id, name, blocks, passes);
  }
}
