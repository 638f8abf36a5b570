package io.havip.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Replays the inputs that the fuzzer found worth keeping; see {@code ./build fuzz}. */
class WireFuzzTest {

  private static List<Path> corpus(String name) throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(WireFuzzTest.class.getResource("fuzz/" + name)).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static Stream<DynamicTest> replay(String name, Consumer<byte[]> target)
      throws IOException, URISyntaxException {
    List<Path> files = corpus(name);
    assertThat(files).as("the corpus of %s", name).isNotEmpty();
    return files.stream()
        .map(file ->
            DynamicTest.dynamicTest(
                name + " " + file.getFileName(), () -> target.accept(Files.readAllBytes(file))));
  }

  @TestFactory
  Stream<DynamicTest> adverts() throws IOException, URISyntaxException {
    return replay("vrrp", WireFuzz.Vrrp::fuzzerTestOneInput);
  }

  @TestFactory
  Stream<DynamicTest> arp() throws IOException, URISyntaxException {
    return replay("arp", WireFuzz.Arp::fuzzerTestOneInput);
  }

  @TestFactory
  Stream<DynamicTest> ipv4() throws IOException, URISyntaxException {
    return replay("ipv4", WireFuzz.Ipv4::fuzzerTestOneInput);
  }

  @Test
  void the_targets_notice_a_parser_that_allocates_without_bound() {
    assertThatThrownBy(() -> WireFuzz.bounded(() -> assertThat(new byte[1 << 20]).isNotEmpty()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("allocate");
  }
}
