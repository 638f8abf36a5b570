package io.havip.testkit.lab;

/** A kind of traffic that the lab's wire can lose. */
public enum Traffic {
  /** Everything. */
  ALL(""),
  /** VRRP adverts, IPv4 and IPv6: IP protocol 112. */
  VRRP("meta l4proto 112 "),
  /** All of ARP, gratuitous or not. */
  ARP("ether type arp ");

  private final String match;

  Traffic(String match) {
    this.match = match;
  }

  /** The expression by which nftables recognises it, with a trailing blank unless empty. */
  String match() {
    return match;
  }
}
