package io.havip.examples;

import io.havip.HavipConfig;
import io.havip.HavipConfigException;
import io.havip.core.keepalived.KeepalivedReader;
import io.havip.core.keepalived.ReadOptions;
import io.havip.core.keepalived.ReadResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The configuration file of a command. */
final class ConfigFile {

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "The keepalived.conf to read.")
  private Path file = Path.of("/etc/keepalived/keepalived.conf");

  @Option(names = "--strict", description = "Refuse the file if anything in it is doubtful.")
  private boolean strict;

  @Option(
      names = {"-i", "--config-id"},
      paramLabel = "ID",
      description = "Keeps the lines marked @ID; the host name by default.")
  private String configId = "";

  Path file() {
    return file;
  }

  ReadResult read() {
    ReadOptions options = ReadOptions.forThisHost().withStrict(strict);
    return KeepalivedReader.read(
        file, configId.isEmpty() ? options : options.withConfigId(configId));
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
