package io.havip.testkit.lab;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A short command: run to its end, output collected. */
record Command(List<String> words) {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  Command {
    words = List.copyOf(words);
  }

  static Command of(String... words) {
    return new Command(List.of(words));
  }

  /** The same command inside a network namespace; {@code ip} replaces itself by the command. */
  static Command in(String namespace, List<String> words) {
    return new Command(
        Stream.concat(Stream.of("ip", "netns", "exec", namespace), words.stream()).toList());
  }

  /** Runs it and returns its standard output; fails with everything it said if it fails. */
  String run() {
    CommandResult result = result();
    if (!result.ok()) {
      throw new LabException(result.describe());
    }
    return result.output();
  }

  CommandResult result() {
    return result(LIMIT);
  }

  CommandResult result(Duration timeout) {
    try (LabProcess process = LabProcess.start(words.getFirst(), words, Signals.none())) {
      int exit = process.awaitExit(timeout);
      return new CommandResult(
          words,
          exit,
          process.text(LabProcess.Source.STDOUT),
          process.text(LabProcess.Source.STDERR));
    }
  }
}
