package io.havip.testkit.contract;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudAdministration.Allocation;
import io.havip.spi.cloud.CloudMember;
import java.util.List;
import java.util.Optional;

/**
 * What the {@link CloudAdministrationContract} needs of a cloud, beyond what any binding needs. The
 * {@linkplain #address() address} is one that any member may hold.
 */
public interface AdministrationFixture extends CloudFixture {

  /** {@return an address of the members' subnet that nobody has} */
  IpAddress freeAddress();

  /** {@return an address of the subnet that the cloud keeps for itself, such as the last one} */
  IpAddress reservedAddress();

  /**
   * What to allocate in the members' subnet.
   *
   * @param address the address wanted, or empty
   * @param onlyAuthorised whether only authorised members may hold it
   * @param token the token
   * @return the request
   */
  Allocation allocation(Optional<IpAddress> address, boolean onlyAuthorised, String token);

  /** {@return two public addresses that lead nowhere} */
  List<IpAddress> publicIps();

  /**
   * A member by the name that authorises it.
   *
   * @param member which
   * @return its name
   */
  CloudMember name(Member member);

  /**
   * Makes a member try to hold an address, as its node would: by an announcement, or by a takeover
   * if that is how the cloud works. Ends when the cloud shows what came of it.
   *
   * @param member which
   * @param address an address that the cloud knows
   */
  void claim(Member member, IpAddress address);
}
