package io.havip.tencent;

import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudResult;
import io.havip.tencent.client.Deadline;
import io.havip.tencent.client.HaVip;
import io.havip.tencent.client.NetworkInterface;
import java.util.List;
import java.util.Optional;

/**
 * What would make the cloud ignore this member's announcements. When the interfaces of this member
 * cannot be read, nothing is claimed: the holder is what matters.
 */
record Obstacles(TencentSettings settings, Self self) {

  Optional<CloudFailure> of(HaVip havip, Deadline deadline) {
    if (!(self.interfaces(deadline)
            instanceof CloudResult.Done<List<NetworkInterface>>(List<NetworkInterface> mine))
        || mine.isEmpty()) {
      return Optional.empty();
    }
    List<NetworkInterface> near =
        mine.stream().filter(each -> each.subnetId().equals(havip.subnetId())).toList();
    if (near.isEmpty()) {
      return Optional.of(
          obstacle(
              CloudFailureKind.WRONG_SUBNET,
              havip,
              "it is of " + havip.subnetId() + ", and " + self + " has no interface there",
              "only members in the HAVIP's subnet can hold it"));
    }
    if (havip.checkAssociate() && near.stream().noneMatch(each -> inRange(havip, each))) {
      return Optional.of(
          obstacle(
              CloudFailureKind.NOT_MEMBER,
              havip,
              self + " is not in its drift range, so the cloud ignores its announcements",
              "add it to the drift range in the console, or by authorise"));
    }
    return Optional.empty();
  }

  private static boolean inRange(HaVip havip, NetworkInterface candidate) {
    return havip.associations().stream()
        .map(HaVip.Association::memberId)
        .anyMatch(id -> id.equals(candidate.id()) || id.equals(candidate.instanceId()));
  }

  private CloudFailure obstacle(CloudFailureKind kind, HaVip havip, String message, String advice) {
    return CloudFailure.of(
        kind,
        CallOutcome.NOT_APPLIED,
        "hold HAVIP " + havip.vip() + " (" + havip.id() + ", " + settings.region() + ")",
        message,
        advice);
  }
}
