package io.havip.core.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.core.keepalived.KeepalivedReader;
import io.havip.core.keepalived.ReadOptions;
import io.havip.core.keepalived.ReadResult;
import io.havip.net.Cidr;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is to be said about the configuration that cloud documentation shows for a HAVIP. */
class SeedLintTest {

  private static ReadResult seed() {
    try {
      var file = ReadResult.class.getResource("seed-keepalived.conf");
      return KeepalivedReader.read(
          Path.of(Objects.requireNonNull(file).toURI()), ReadOptions.DEFAULT);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static LintReport lint(String subnet) {
    return CloudLint.check(
        List.of(seed()), CloudProfile.DEFAULT.withSubnets(List.of(Cidr.parse(subnet))));
  }

  @Test
  void nothing_is_wrong_with_it_in_its_own_subnet() {
    assertThat(lint("172.17.16.0/20").findings()).isEmpty();
  }

  @Test
  void its_documented_ten_seconds_are_up_to_thirteen_point_seven() {
    assertThat(lint("172.17.16.0/20").failoverTimes())
        .singleElement()
        .extracting(FailoverTime::describe)
        .asString()
        .contains("noticed after 2.7 to 3.7 s", "this member serves 2.8 to 13.7 s after the crash");
  }

  @Test
  void in_another_subnet_neither_its_address_nor_its_members_would_do() {
    assertThat(lint("172.17.0.0/20").findings())
        .extracting(Finding::describe)
        .singleElement()
        .asString()
        .endsWith(
            "seed-keepalived.conf:20:9: error: VI_1: 172.17.16.3 is not in the subnet"
                + " 172.17.0.0/20; the cloud drops its announcements [vip-outside-subnet]");
    assertThat(lint("172.17.16.0/29").findings())
        .extracting(f -> f.rule().id() + " " + f.place().line())
        .containsExactly("member-outside-subnet 15");
  }
}
