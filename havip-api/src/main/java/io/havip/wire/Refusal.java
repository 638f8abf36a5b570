package io.havip.wire;

import java.util.HexFormat;
import java.util.Objects;

/**
 * A reason not to act upon a packet, with the two numbers that explain it.
 *
 * <p>Which numbers these are is said at each {@link RefusalReason}; they are 0 where nothing is
 * said. Reasons about authentication never carry any part of a password.
 *
 * @param reason why
 * @param expected the number that would have been right
 * @param found the number in the packet
 */
public record Refusal(RefusalReason reason, long expected, long found) {

  /**
   * Checks that there is a reason.
   *
   * @throws NullPointerException if {@code reason} is null
   */
  public Refusal {
    Objects.requireNonNull(reason, "reason");
  }

  /**
   * Makes a refusal whose reason needs no numbers.
   *
   * @param reason why
   * @return the refusal
   */
  public static Refusal of(RefusalReason reason) {
    return new Refusal(reason, 0, 0);
  }

  /**
   * Explains the refusal to an operator. The text is for people and may change; {@link
   * RefusalReason#id} is for machines.
   *
   * @return one or two plain English sentences, of which "it" is the packet
   */
  public String explain() {
    return switch (reason) {
      case TOO_SHORT -> "It has " + found + " bytes; at least " + expected + " are needed.";
      case LENGTH_MISMATCH -> "It has " + found + " bytes but its fields require " + expected + ".";
      case AUTH_HMAC_TRAILER ->
          "It ends in 28 bytes more than its fields require: a Keepalived auth_hmac trailer, which"
              + " is not supported. Remove auth_hmac from the sender's configuration.";
      case BAD_VERSION -> "It says VRRP version " + found + "; only 2 and 3 are known.";
      case BAD_TYPE -> "It is of VRRP type " + found + "; only type 1, advertisement, is known.";
      case BAD_VRID -> "Its virtual router identifier is " + found + "; it must be 1 to 255.";
      case ZERO_ADDRESSES -> "It carries no address; at least one is required.";
      case ZERO_INTERVAL -> "Its advertisement interval is 0.";
      case BAD_CHECKSUM ->
          "Its checksum is "
              + hex(found)
              + " but should be "
              + hex(expected)
              + ": it was damaged on the way, or the sender computes the checksum differently.";
      case UNKNOWN_AUTH_TYPE ->
          "Its authentication type is " + found + "; only 0, none, and 1, password, are known.";
      case AUTHENTICATION_HEADER ->
          "The sender uses VRRPv2 with the IP Authentication Header, which is not supported."
              + " Set it to a password or to no authentication.";
      case VERSION_NEEDS_IPV4 -> "It is VRRPv2 over IPv6; VRRPv2 exists for IPv4 only.";
      case BAD_IP_HEADER ->
          "Its IPv4 header is malformed: a field reads "
              + found
              + " where "
              + expected
              + " is expected.";
      case FRAGMENT -> "It is a fragment of an IPv4 packet.";
      case BAD_ETHER_TYPE ->
          "Its Ethernet type is " + hex(found) + "; " + hex(expected) + " is expected.";
      case BAD_ARP_HEADER ->
          "It is not ARP for IPv4 over Ethernet: a field reads "
              + hex(found)
              + " where "
              + hex(expected)
              + " is expected.";
      case BAD_ARP_OPERATION ->
          "Its ARP operation is " + found + "; only 1, request, and 2, reply, are known.";
      case TTL_NOT_255 ->
          "Its TTL or hop limit is " + found + ", not 255, so it may come from beyond this link.";
      case VERSION_NOT_OURS ->
          "The sender speaks VRRP version " + found + ", this router version " + expected + ".";
      case AUTH_TYPE_MISMATCH ->
          "The sender uses authentication type "
              + found
              + ", this router type "
              + expected
              + " (0 is none, 1 is password).";
      case AUTH_FAILED -> "Its password is not the one configured here.";
      case INTERVAL_MISMATCH ->
          "The sender's interval is "
              + found
              + " centiseconds, ours is "
              + expected
              + "; VRRPv2 requires them to be equal.";
      case UNKNOWN_VRID -> "No virtual router " + found + " is configured here.";
      case FOREIGN_CLAIM ->
          "It is of virtual router "
              + found
              + " but carries an address of virtual router "
              + expected
              + ": two groups claim one address.";
      case NOT_A_PEER -> "The sender is not one of the configured unicast peers.";
      case TTL_OUT_OF_RANGE ->
          "Its TTL or hop limit is "
              + found
              + "; for this peer it must be at "
              + (found < expected ? "least " : "most ")
              + expected
              + ".";
      case NOT_MULTICAST -> "It was sent by unicast, but this router works by multicast.";
      case NOT_UNICAST -> "It was sent by multicast, but this router works by unicast.";
      case FAMILY_MISMATCH -> "It is of the other address family.";
      case OWN_ADDRESS -> "It comes from an address of this host.";
      case NOT_LISTENING -> "The virtual router does not listen at present.";
    };
  }

  private static String hex(long value) {
    return "0x" + HexFormat.of().toHexDigits(value, 4);
  }
}
