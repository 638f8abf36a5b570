package io.havip.examples;

import io.havip.HavipConfig;
import io.havip.HavipConfigException;
import io.havip.core.keepalived.ReadResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The configuration file of a command. */
final class ConfigFile {

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "The keepalived.conf to read.")
  private Path file = Path.of("/etc/keepalived/keepalived.conf");

  @Mixin private ReadSettings settings = new ReadSettings();

  Path file() {
    return file;
  }

  ReadResult read() {
    return settings.read(file);
  }

  /**
   * Reads the file and prints what is doubtful in it.
   *
   * @throws HavipConfigException if it cannot be used
   */
  HavipConfig usable(PrintWriter diagnostics) {
    ReadResult result = read();
    result.diagnostics().forEach(d -> diagnostics.println(d.describe()));
    diagnostics.flush();
    return result
        .config()
        .orElseThrow(() -> new HavipConfigException(file + " cannot be used; see above"));
  }
}
