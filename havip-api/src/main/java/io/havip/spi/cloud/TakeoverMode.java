package io.havip.spi.cloud;

/** What moves traffic for a virtual address to another member. */
public enum TakeoverMode {

  /**
   * The new holder announces the address by ARP, and the cloud follows. The API shows the holder
   * but cannot choose it. Tencent Cloud, Alibaba Cloud, OpenStack.
   */
  ANNOUNCE,

  /** A call moves the address; ARP does nothing. AWS, Google Cloud, OCI, Hetzner. */
  MOVE,

  /**
   * A load balancer of the cloud follows a health probe that only the holder answers. Azure. {@link
   * CloudBinding#takeover} begins to answer, {@link CloudBinding#relinquish} ceases to.
   */
  PROBE
}
