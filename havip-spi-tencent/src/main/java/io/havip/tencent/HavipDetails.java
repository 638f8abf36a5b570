package io.havip.tencent;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.Observation;
import io.havip.tencent.client.HaVip;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What a HAVIP tells besides its holder. */
final class HavipDetails {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  /** The API's times name no zone. China's is assumed; nothing but display rests on it. */
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

  private HavipDetails() {}

  static Observation.Details of(HaVip havip, Optional<CloudFailure> obstacle) {
    Observation.Details details =
        Observation.Details.NONE.withRevision(
            havip.networkInterfaceId() + "@" + havip.flushedTime());
    details = flushed(havip.flushedTime()).map(details::withSince).orElse(details);
    details = address(havip.addressIp()).map(details::withPublicIp).orElse(details);
    return obstacle.map(details::withObstacle).orElse(details);
  }

  /** Empty for a HAVIP that never moved, which the API shows as the year 0000. */
  static Optional<Instant> flushed(String text) {
    try {
      LocalDateTime time = LocalDateTime.parse(text, FORMAT);
      return Optional.of(time.toInstant(ZONE));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<IpAddress> address(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(IpAddress.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
