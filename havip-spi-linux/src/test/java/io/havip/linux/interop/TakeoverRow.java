package io.havip.linux.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One row of the takeover matrix.
 *
 * @param peer the other program
 * @param oursFirst whether our member holds the address first
 * @param killed whether the holder dies; otherwise it is stopped in good order
 * @param version 2 or 3
 * @param six whether the address is an IPv6 one
 * @param unicast whether adverts go to the peer alone
 * @param vmac whether the address has a MAC address of its own
 */
record TakeoverRow(
    Peer.Kind peer,
    boolean oursFirst,
    boolean killed,
    int version,
    boolean six,
    boolean unicast,
    boolean vmac) {

  /** What the programs can do: version 2 has no IPv6, FRR neither it nor unicast nor a choice. */
  boolean exists() {
    boolean versionFits = version == 3 || !six;
    boolean frrCan = peer != Peer.Kind.FRR || (version == 3 && !unicast && vmac);
    return versionFits && frrCan;
  }

  static List<TakeoverRow> all() {
    List<TakeoverRow> rows = new ArrayList<>();
    for (Peer.Kind peer : Peer.Kind.values()) {
      for (int bits = 0; bits < 64; bits++) {
        TakeoverRow row =
            new TakeoverRow(
                peer,
                (bits & 1) != 0,
                (bits & 2) != 0,
                (bits & 4) != 0 ? 2 : 3,
                (bits & 8) != 0,
                (bits & 16) != 0,
                (bits & 32) != 0);
        if (row.exists()) {
          rows.add(row);
        }
      }
    }
    return rows;
  }

  /**
   * Rows that have every value of each axis with every other program, direction and event; those
   * with version 2 are few, for they take seconds each.
   */
  boolean representative() {
    if (peer == Peer.Kind.FRR) {
      return true;
    }
    if (version == 2) {
      return killed == oursFirst && !unicast && !vmac;
    }
    boolean plain = !unicast && !vmac;
    boolean unicastAlone = unicast && !vmac && killed;
    boolean vmacAlone = vmac && !unicast && killed == oursFirst;
    return (plain && (six || !killed)) || (unicastAlone && six) || vmacAlone;
  }

  String transport() {
    return (unicast ? "unicast" : "multicast") + (vmac ? ", virtual MAC" : "");
  }

  @Override
  public String toString() {
    String holder = oursFirst ? "ours" : name(peer);
    return "%s %s: %s holds, is %s, v%d %s %s"
        .formatted(
            name(peer),
            oursFirst ? "takes over" : "is replaced",
            holder,
            killed ? "killed" : "stopped",
            version,
            six ? "IPv6" : "IPv4",
            transport());
  }

  static String name(Peer.Kind peer) {
    return switch (peer) {
      case KEEPALIVED -> "Keepalived";
      case FRR -> peer.name().toUpperCase(Locale.ROOT);
    };
  }
}
