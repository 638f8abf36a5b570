package io.havip.linux.internal.libc;

/** A Linux capability this module needs, and how a person grants it. */
public enum Privilege {
  /** Raw IP sockets and packet sockets. */
  NET_RAW,
  /** Changes of addresses. */
  NET_ADMIN;

  /** What to do when the capability is missing. */
  public String advice() {
    return "the process lacks the capability CAP_"
        + name()
        + ": run it as root, or give its service AmbientCapabilities=CAP_NET_RAW CAP_NET_ADMIN,"
        + " or its container --cap-add NET_RAW --cap-add NET_ADMIN";
  }
}
