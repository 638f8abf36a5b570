package io.havip;

import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.TakeoverMode;
import java.time.Duration;
import java.util.Optional;

/**
 * How the cloud's mapping of a router's advertised addresses follows the election.
 *
 * <p>The cloud never decides the election unless {@link #faultAfter} says so: when it cannot be
 * reached, VRRP goes on, events tell of it, and the mapping is put right when it answers again.
 *
 * @param binding this member's access to the cloud; several routers may share one. The application
 *     closes it after the node.
 * @param callTimeout longest time of one call; a warning is published if it is above the time of a
 *     failover: Active_Down_Interval and the cloud's convergence
 * @param interval time between looks at the mapping while this member holds the addresses
 * @param standbyInterval time between looks while it does not
 * @param relinquish whether a member that is not ACTIVE gives up a mapping that still points to it
 * @param faultAfter how long the cloud may be out of reach until the router is in FAULT, so that a
 *     member that reaches it takes over; empty for never. When no member reaches the cloud, none is
 *     ACTIVE then.
 */
public record CloudConfig(
    CloudBinding binding,
    Duration callTimeout,
    Duration interval,
    Duration standbyInterval,
    boolean relinquish,
    Optional<Duration> faultAfter) {

  /** Checks the ranges. */
  public CloudConfig {
    requirePositive("call timeout", callTimeout);
    requirePositive("interval", interval);
    requirePositive("standby interval", standbyInterval);
    faultAfter.ifPresent(d -> requirePositive("time until a fault", d));
    if (relinquish && !binding.capabilities().conditionalRelinquish()) {
      throw new HavipConfigException(
          "cloud: "
              + binding.description()
              + " cannot relinquish an address safely; leave relinquish off");
    }
  }

  /**
   * The defaults: two seconds for a call, a look every 5 s and every 20 s in standby, VRRP goes on
   * without the cloud. Relinquishing is on where the next holder has work less by it: in a cloud
   * without atomic takeover, and for a health probe.
   *
   * @param binding this member's access to the cloud
   * @return the configuration
   */
  public static CloudConfig of(CloudBinding binding) {
    CloudCapabilities cloud = binding.capabilities();
    boolean helps = !cloud.atomicSteal() || cloud.mode() == TakeoverMode.PROBE;
    return new CloudConfig(
        binding,
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        helps && cloud.conditionalRelinquish(),
        Optional.empty());
  }

  /**
   * {@return the same with another time for a call}
   *
   * @param value positive
   */
  public CloudConfig withCallTimeout(Duration value) {
    return new CloudConfig(binding, value, interval, standbyInterval, relinquish, faultAfter);
  }

  /**
   * {@return the same with other times between looks}
   *
   * @param holding while this member holds the addresses
   * @param standby while it does not
   */
  public CloudConfig withIntervals(Duration holding, Duration standby) {
    return new CloudConfig(binding, callTimeout, holding, standby, relinquish, faultAfter);
  }

  /**
   * {@return the same with another answer to whether a mapping is given up}
   *
   * @param value see {@link #relinquish()}
   */
  public CloudConfig withRelinquish(boolean value) {
    return new CloudConfig(binding, callTimeout, interval, standbyInterval, value, faultAfter);
  }

  /**
   * {@return the same with a FAULT when the cloud is out of reach}
   *
   * @param value for how long
   */
  public CloudConfig withFaultAfter(Duration value) {
    return new CloudConfig(
        binding, callTimeout, interval, standbyInterval, relinquish, Optional.of(value));
  }

  private static void requirePositive(String what, Duration value) {
    if (!value.isPositive() || value.compareTo(Duration.ofDays(1)) > 0) {
      throw new HavipConfigException(
          "cloud: the "
              + what
              + " must be positive and at most a day, not "
              + Durations.text(value));
    }
  }
}
