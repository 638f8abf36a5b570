package io.havip.examples;

import io.havip.core.lint.CloudProfile;
import io.havip.net.Cidr;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a command is told of the cloud. */
final class CloudSettings {

  @Option(names = "--cloud", description = "Also judge the files for HAVIPs in a cloud's VPC.")
  private boolean cloud;

  @Option(
      names = "--subnet",
      paramLabel = "CIDR",
      converter = CidrConverter.class,
      description = "A subnet the HAVIPs are allocated from. May be repeated; implies --cloud.")
  private List<Cidr> subnets = new ArrayList<>();

  @Option(
      names = "--multicast",
      description = "The VPC carries multicast, which is off unless it was asked for.")
  private boolean multicast;

  @Option(
      names = "--convergence",
      paramLabel = "SECONDS",
      converter = SecondsConverter.class,
      description = "Longest time until the cloud follows an announcement, 10 by default.")
  private Duration convergence = CloudProfile.DEFAULT.slowestMove();

  /** The cloud to judge for, or empty if nobody asked. */
  Optional<CloudProfile> profile() {
    if (!cloud && subnets.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        CloudProfile.DEFAULT
            .withSubnets(subnets)
            .withMulticast(multicast)
            .withSlowestMove(convergence));
  }

  /** Reads a network. */
  static final class CidrConverter implements ITypeConverter<Cidr> {
    @Override
    public Cidr convert(String value) {
      try {
        return Cidr.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Reads a number of seconds that is not negative. */
  static final class SecondsConverter implements ITypeConverter<Duration> {

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
    private static final BigDecimal LONGEST = BigDecimal.valueOf(86_400);

    @Override
    public Duration convert(String value) {
      try {
        BigDecimal seconds = new BigDecimal(value);
        if (seconds.signum() >= 0 && seconds.compareTo(LONGEST) <= 0) {
          return Duration.ofNanos(seconds.multiply(NANOS).longValue());
        }
      } catch (NumberFormatException e) {
        // falls through to the one message for everything that is no such number
      }
      throw new TypeConversionException("'" + value + "' is no number of seconds, 0 to 86400");
    }
  }
}
