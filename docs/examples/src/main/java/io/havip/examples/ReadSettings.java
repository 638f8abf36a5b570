package io.havip.examples;

import io.havip.core.keepalived.KeepalivedReader;
import io.havip.core.keepalived.ReadOptions;
import io.havip.core.keepalived.ReadResult;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a command reads a keepalived.conf. */
final class ReadSettings {

  @Option(names = "--strict", description = "Refuse the file if anything in it is doubtful.")
  private boolean strict;

  @Option(
      names = {"-i", "--config-id"},
      paramLabel = "ID",
      description = "Keeps the lines marked @ID; the host name by default.")
  private String configId = "";

  boolean strict() {
    return strict;
  }

  ReadResult read(Path file) {
    ReadOptions options = ReadOptions.forThisHost().withStrict(strict);
    return KeepalivedReader.read(
        file, configId.isEmpty() ? options : options.withConfigId(configId));
  }
}
