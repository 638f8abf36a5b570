package io.havip.tencent;

import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudMember;
import io.havip.spi.cloud.CloudResult;
import io.havip.tencent.client.Deadline;
import io.havip.tencent.client.NetworkInterface;
import io.havip.tencent.client.VpcApi;
import io.havip.tencent.metadata.MetadataException;
import io.havip.tencent.metadata.MetadataService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who this member is in the cloud's words, and which interfaces it has there. */
final class Self {

  /** Interfaces are attached and detached by hand, so what is known ages slowly. */
  private static final Duration AGE = Duration.ofMinutes(1);

  private final TencentSettings settings;
  private final VpcApi api;
  private volatile @Nullable CloudMember member;
  private volatile @Nullable Known known;

  private record Known(List<NetworkInterface> interfaces, Instant until) {}

  Self(TencentSettings settings, VpcApi api) {
    this.settings = settings;
    this.api = api;
    if (!settings.instance().isEmpty() || !settings.networkInterface().isEmpty()) {
      member = new CloudMember(settings.instance(), settings.networkInterface());
    }
  }

  /**
   * This member's name: as configured, or from the metadata service, asked until it answers once.
   */
  CloudResult<CloudMember> member() {
    CloudMember named = member;
    if (named != null) {
      return new CloudResult.Done<>(named);
    }
    MetadataService metadata =
        new MetadataService(settings.metadata(), MetadataService.DEFAULT_TIMEOUT);
    try {
      String instance = metadata.read("instance-id").strip();
      if (!instance.matches("[a-z]+-[a-z0-9]+")) {
        return nameless(metadata + " gave no instance id", CloudFailureKind.UNAVAILABLE);
      }
      named = new CloudMember(instance, "");
      member = named;
      return new CloudResult.Done<>(named);
    } catch (MetadataException e) {
      return nameless(
          e.getMessage(), e.passing() ? CloudFailureKind.UNAVAILABLE : CloudFailureKind.INVALID);
    }
  }

  /** The interfaces this member may hold an address with: the configured one, or the instance's. */
  CloudResult<List<NetworkInterface>> interfaces(Deadline deadline) {
    Known recent = known;
    Instant now = settings.clock().instant();
    if (recent != null && now.isBefore(recent.until())) {
      return new CloudResult.Done<>(recent.interfaces());
    }
    return switch (member()) {
      case CloudResult.Failed<CloudMember> failed -> new CloudResult.Failed<>(failed.failure());
      case CloudResult.Done<CloudMember>(CloudMember me) -> {
        CloudResult<List<NetworkInterface>> found =
            me.networkInterface().isEmpty()
                ? api.interfacesOf(me.instance(), deadline)
                : api.interfaceById(me.networkInterface(), deadline);
        if (found instanceof CloudResult.Done<List<NetworkInterface>>(var interfaces)
            && !interfaces.isEmpty()) {
          known = new Known(interfaces, now.plus(AGE));
        }
        yield found;
      }
    };
  }

  /** Whether a holder is this member: by interface where one is configured, else by instance. */
  static boolean same(CloudMember me, String instance, String networkInterface) {
    return me.networkInterface().isEmpty()
        ? me.instance().equals(instance)
        : me.networkInterface().equals(networkInterface);
  }

  /** For descriptions: the name if it is known by now. */
  @Override
  public String toString() {
    CloudMember named = member;
    return named == null ? "this instance" : named.toString();
  }

  private static CloudResult<CloudMember> nameless(String why, CloudFailureKind kind) {
    return new CloudResult.Failed<>(
        CloudFailure.of(
            kind,
            CallOutcome.NOT_APPLIED,
            "find out which instance this is",
            why,
            "set the instance or the network interface"));
  }
}
