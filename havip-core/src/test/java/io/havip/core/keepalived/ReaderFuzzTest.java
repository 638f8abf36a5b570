package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Replays the inputs that the fuzzer found worth keeping; see {@code ./build fuzz}. */
class ReaderFuzzTest {

  @TestFactory
  Stream<DynamicTest> texts() throws IOException, URISyntaxException {
    Path folder = Path.of(Objects.requireNonNull(ReaderFuzzTest.class.getResource("fuzz")).toURI());
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    assertThat(files).isNotEmpty();
    return files.stream()
        .map(file ->
            DynamicTest.dynamicTest(
                String.valueOf(file.getFileName()),
                () -> ReaderFuzz.fuzzerTestOneInput(Files.readAllBytes(file))));
  }
}
