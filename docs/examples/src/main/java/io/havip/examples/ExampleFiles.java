package io.havip.examples;

import io.havip.HavipConfig;
import io.havip.HavipConfigException;
import io.havip.core.keepalived.KeepalivedReader;
import io.havip.core.keepalived.ReadOptions;
import io.havip.core.keepalived.ReadResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The files of the examples, which stand beside the classes. */
final class ExampleFiles {

  private ExampleFiles() {}

  static String text(String name) {
    try (InputStream in = Objects.requireNonNull(ExampleFiles.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a keepalived.conf for a host. */
  static HavipConfig config(String name, String host) {
    ReadResult result = KeepalivedReader.read(text(name), name, ReadOptions.forHost(host));
    return result
        .config()
        .orElseThrow(() -> new HavipConfigException(name + ": " + result.diagnostics()));
  }
}
