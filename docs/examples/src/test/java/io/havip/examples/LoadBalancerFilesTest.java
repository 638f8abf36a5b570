package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.core.keepalived.KeepalivedReader;
import io.havip.core.keepalived.ReadOptions;
import io.havip.core.keepalived.ReadResult;
import io.havip.core.lint.CloudLint;
import io.havip.core.lint.CloudProfile;
import io.havip.net.Cidr;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of the load balancer pair are as good as its README says. */
class LoadBalancerFilesTest {

  private static final List<ReadResult> PAIR =
      Stream.of("lb1.conf", "lb2.conf")
          .map(name ->
              KeepalivedReader.read(
                  ExampleFiles.text("load-balancer/" + name), name, ReadOptions.DEFAULT))
          .toList();

  @Test
  void neitherHasAnErrorOrAWarning() {
    assertThat(PAIR).allMatch(result -> result.config().isPresent());
    assertThat(PAIR)
        .flatMap(ReadResult::diagnostics)
        .extracting(diagnostic -> diagnostic.severity().name())
        .containsOnly("NOTE");
  }

  @Test
  void nothingIsWrongWithThemInAVpc() {
    CloudProfile cloud = CloudProfile.DEFAULT.withSubnets(List.of(Cidr.parse("172.17.16.0/20")));

    assertThat(CloudLint.check(PAIR, cloud).findings()).isEmpty();
  }
}
