package io.havip.core.election;

import io.havip.Announcements;
import io.havip.Preemption;
import io.havip.Takeover;
import io.havip.VirtualRouterConfig;
import io.havip.net.IpAddress;
import io.havip.wire.VrrpVersion;

/**
 * What the election of one router depends on and what does not change from step to step. Times in
 * nanoseconds.
 *
 * @param version decides how the skew is computed and whether intervals are learned
 * @param ownAddress the source of own adverts, which breaks ties
 * @param intervalNanos the configured interval
 * @param downMultiplier adverts that may be missing
 * @param preempt whether to take over from a live member of lower priority
 * @param preemptDelayNanos how long to hear such a member first
 * @param replyToLowerPriority whether to answer an advert of lower priority
 * @param adviseHigherPriority whether to send one last advert before yielding
 * @param prepareNanos longest preparation of the application; 0 if it has none
 * @param announcements when to announce
 * @param grouped whether a sync group decides when this router becomes ACTIVE
 * @param roundTripNanos longest round trip among the members, by which a quick claim is measured; 0
 *     for none
 */
public record ElectionConfig(
    VrrpVersion version,
    IpAddress ownAddress,
    long intervalNanos,
    int downMultiplier,
    boolean preempt,
    long preemptDelayNanos,
    boolean replyToLowerPriority,
    boolean adviseHigherPriority,
    long prepareNanos,
    Announcements announcements,
    boolean grouped,
    long roundTripNanos) {

  private static final long SECOND = 1_000_000_000L;

  /**
   * {@return what the election needs of the configuration of a router that is in no sync group}
   *
   * @param router the configuration
   * @param ownAddress the source address in use
   */
  public static ElectionConfig of(VirtualRouterConfig router, IpAddress ownAddress) {
    return of(router, ownAddress, false);
  }

  /**
   * {@return what the election needs of a router's configuration}
   *
   * @param router the configuration
   * @param ownAddress the source address in use
   * @param grouped whether it is in a sync group
   */
  public static ElectionConfig of(
      VirtualRouterConfig router, IpAddress ownAddress, boolean grouped) {
    boolean preempt;
    long delay;
    switch (router.preemption()) {
      case Preemption.After after -> {
        preempt = true;
        delay = router.owner() ? 0 : after.delay().toNanos();
      }
      case Preemption.Never never -> {
        // The owner of an address preempts whatever is configured (RFC 9568 section 6.1).
        preempt = router.owner();
        delay = 0;
      }
    }
    return new ElectionConfig(
        router.version(),
        ownAddress,
        router.advertInterval().toNanos(),
        router.downMultiplier(),
        preempt,
        delay,
        router.replyToLowerPriority(),
        router.adviseHigherPriority(),
        router.takeover().map(Takeover::timeout).map(d -> d.toNanos()).orElse(0L),
        router.announcements(),
        grouped,
        // Whether anybody answers tells nothing where nobody binds.
        router.localAddresses() ? router.quickClaim().toNanos() : 0);
  }

  /**
   * {@return the same with another interval}
   *
   * @param nanos time between adverts
   */
  public ElectionConfig withInterval(long nanos) {
    return new ElectionConfig(
        version,
        ownAddress,
        nanos,
        downMultiplier,
        preempt,
        preemptDelayNanos,
        replyToLowerPriority,
        adviseHigherPriority,
        prepareNanos,
        announcements,
        grouped,
        roundTripNanos);
  }

  /**
   * {@return Skew_Time} Version 3: (256 - priority) * Active_Adver_Interval / 256 (RFC 9568 section
   * 6.1); version 2: (256 - priority) / 256 s (RFC 3768 section 6.1). In nanoseconds, never rounded
   * to centiseconds: at 10 ms a rounded skew would be zero for every priority, and all backups
   * would fire at once.
   *
   * @param priority own effective priority
   * @param activeIntervalNanos Active_Adver_Interval
   */
  public long skew(int priority, long activeIntervalNanos) {
    long unit = version == VrrpVersion.V2 ? SECOND : activeIntervalNanos;
    return (256 - priority) * unit / 256;
  }

  /**
   * {@return Active_Down_Interval: how long silence lasts until this member takes over}
   *
   * @param priority own effective priority
   * @param activeIntervalNanos Active_Adver_Interval
   */
  public long activeDownInterval(int priority, long activeIntervalNanos) {
    return downMultiplier * activeIntervalNanos + skew(priority, activeIntervalNanos);
  }

  /**
   * {@return the longest silence that no correctly configured peer takes for a failure: the
   * Active_Down_Interval of a peer with the highest priority that is not an owner's}
   */
  public long peersPatience() {
    return activeDownInterval(254, intervalNanos);
  }
}
