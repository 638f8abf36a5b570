package io.havip.core.keepalived;

import io.havip.HavipConfig;
import io.havip.HavipConfigException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What came of reading a file.
 *
 * @param config the configuration, or empty if there is none to use: Keepalived itself would not
 *     run with the file, no virtual router of it can be used, or the reading was strict and not
 *     free of errors and warnings
 * @param diagnostics everything there is to say, by file in the order of first reading, then by
 *     line and column
 * @param directives the statements of the top level as they were read, whether or not there is a
 *     configuration to use; empty if the file could not be read
 */
public record ReadResult(
    Optional<HavipConfig> config, List<Diagnostic> diagnostics, List<Directive> directives) {

  /** Copies the lists. */
  public ReadResult {
    diagnostics = List.copyOf(diagnostics);
    directives = List.copyOf(directives);
  }

  /**
   * The configuration, for callers that cannot go on without.
   *
   * @return the configuration
   * @throws HavipConfigException if there is none; the message holds the errors and warnings, one a
   *     line
   */
  public HavipConfig orElseThrow() {
    return config.orElseThrow(() ->
        new HavipConfigException(
            diagnostics.stream()
                .filter(d -> d.severity() != Severity.NOTE)
                .map(Diagnostic::describe)
                .collect(
                    Collectors.joining("\n", "the Keepalived configuration is refused:\n", ""))));
  }
}
