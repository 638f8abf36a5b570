package io.havip.core.keepalived;

/** Where a keyword stands. The order is that of the compatibility document. */
enum Block {
  ANYWHERE("Anywhere"),
  TOP("Top level"),
  GLOBAL_DEFS("global_defs"),
  VRRP_INSTANCE("vrrp_instance"),
  AUTHENTICATION("vrrp_instance: authentication"),
  ADDRESS("vrrp_instance: each line of virtual_ipaddress and virtual_ipaddress_excluded"),
  PEER("vrrp_instance: each line of unicast_peer"),
  TRACK("vrrp_instance: each line of track_interface, track_script, track_file and track_process"),
  VRRP_SCRIPT("vrrp_script"),
  SYNC_GROUP("vrrp_sync_group"),
  TRACK_FILE("track_file, vrrp_track_file"),
  TRACK_PROCESS("vrrp_track_process"),
  GARP_GROUP("garp_group"),
  TRACK_GROUP("track_group"),
  BFD("bfd_instance"),
  /** Lines that are no keywords, such as names of interfaces. */
  LINES(""),
  /** A block that is passed over whole. */
  SKIPPED("");

  private final String title;

  Block(String title) {
    this.title = title;
  }

  /** What the compatibility document calls it; empty if it has no keywords. */
  String title() {
    return title;
  }
}
