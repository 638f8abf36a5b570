package io.havip.testkit.cloud;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.testkit.sim.CloudFault;
import io.havip.testkit.sim.SimRandom;
import io.havip.testkit.sim.SimulatedCloud;
import io.havip.testkit.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A cloud's API in virtual time, behind a network that can fail.
 *
 * <p>Members are named by the caller, as a rule like their hosts. A request that changes something
 * does so when it arrives, which may be after its caller has stopped waiting.
 */
public abstract sealed class SimCloud implements SimulatedCloud
    permits AnnouncedCloud, RegisterCloud {

  final Simulation sim;
  final SimRandom random;
  private final CloudFaults faults = new CloudFaults(this::changed);
  private final List<CloudRequest> requests = new ArrayList<>();
  private final List<CloudRequest.Made> made = new ArrayList<>();

  SimCloud(Simulation sim) {
    this.sim = sim;
    random = sim.random("cloud");
    sim.cloud(this);
  }

  @Override
  public final void strike(CloudFault fault) {
    switch (fault) {
      case CloudFault.Mended() -> faults.heal();
      case CloudFault.Broken f -> {
        switch (f.kind()) {
          case BLACKOUT -> faults.blackout(f.member(), true);
          case THROTTLED -> faults.refuse(f.member(), CloudFailureKind.THROTTLED);
          case REFUSED -> faults.refuse(f.member(), CloudFailureKind.AUTHENTICATION);
          case UNKNOWN_OUTCOME -> faults.loseReplies(f.member(), true);
          case LATE_WRITES -> faults.lateWrites(f.member(), f.by());
          case STALE -> faults.stale(f.by());
          case SLOW -> faults.latency(f.by().dividedBy(2), f.by());
        }
      }
    }
  }

  @Override
  public final boolean outOfReach(String member) {
    return faults.blackout(member);
  }

  @Override
  public final boolean fails(String member) {
    return faults.fails(member);
  }

  /**
   * The access of one member. Each call returns a new binding.
   *
   * @param member its name
   * @return the binding
   */
  public abstract CloudBinding member(String member);

  /** {@return what is wrong with the cloud} */
  public CloudFaults faults() {
    return faults;
  }

  /** {@return all calls that have ended, in this order} */
  public List<CloudRequest> requests() {
    return Collections.unmodifiableList(requests);
  }

  /**
   * {@return all calls that were made, in this order, also those that nobody waits for any more}
   */
  public List<CloudRequest.Made> made() {
    return Collections.unmodifiableList(made);
  }

  /**
   * Where traffic for an address goes.
   *
   * @param address the address
   * @return the member's name; empty for nobody
   */
  @Override
  public abstract Optional<String> holder(IpAddress address);

  /** {@return what the cloud can do} */
  public abstract CloudCapabilities capabilities();

  private void changed() {
    faultsChanged();
    sim.cloudChanged();
  }

  /** What is wrong with the cloud is no longer what it was. */
  abstract void faultsChanged();

  static CloudFailure unknownAddress(String operation, IpAddress address) {
    return CloudFailure.of(
        CloudFailureKind.NOT_FOUND,
        CallOutcome.NOT_APPLIED,
        operation + " " + address,
        "the cloud knows no such address",
        "check the region and the address");
  }

  void made(String member, CloudRequest.Operation operation) {
    made.add(new CloudRequest.Made(sim.now(), member, operation));
  }

  void ended(CloudRequest request) {
    requests.add(request);
  }

  void later(Duration delay, String what, Runnable action) {
    sim.at(sim.now().plus(delay), what, action);
  }
}
