package io.havip.core.lint;

/** What is looked at. The rules and figures are those of Tencent Cloud's HAVIP. */
public enum CloudRule {
  /** The virtual address is in no subnet of the group. A HAVIP is allocated from one subnet. */
  VIP_OUTSIDE_SUBNET("vip-outside-subnet"),
  /** The virtual address is one of the first two or the last of its subnet, which are reserved. */
  VIP_RESERVED("vip-reserved"),
  /**
   * An address of a member is outside the subnet of the virtual address. Announcements of
   * interfaces of other subnets are dropped without a word.
   */
  MEMBER_OUTSIDE_SUBNET("member-outside-subnet"),
  /** Both {@code state MASTER} and {@code nopreempt}: the second has no effect. */
  MASTER_WITH_NOPREEMPT("master-with-nopreempt"),
  /** No unicast peers, in a VPC that drops multicast: every member elects itself. */
  MULTICAST_DROPPED("multicast-dropped"),
  /** Strict mode, which forbids unicast and drops packets to the virtual address. */
  STRICT_MODE("strict-mode"),
  /** No refresh of announcements: one lost or late announcement is never made good. */
  NO_GARP_REFRESH("no-garp-refresh"),
  /**
   * Two groups use the same VRID. The multicast domain is the whole VPC, across its subnets, so
   * VRIDs are unique in the VPC.
   */
  VRID_SHARED("vrid-shared"),
  /**
   * A virtual MAC address. The cloud drops announcements that name another MAC address than the
   * interface's own.
   */
  VIRTUAL_MAC("virtual-mac"),
  /** More announcements at once than the cloud accepts from one interface. */
  GARP_BURST("garp-burst"),
  /** A {@code preempt_delay} that was probably meant in minutes; it is in seconds. */
  PREEMPT_DELAY_UNIT("preempt-delay-unit"),
  /** A check that takes a busy moment for a failure. */
  IMPATIENT_CHECK("impatient-check");

  private final String id;

  CloudRule(String id) {
    this.id = id;
  }

  /**
   * The name of the rule in reports.
   *
   * @return lower case words with hyphens; never changes once published
   */
  public String id() {
    return id;
  }
}
