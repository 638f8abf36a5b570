package io.havip.core.node;

import io.havip.HealthCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One count of the processes that a check looks for, on a worker thread. They are read from {@code
 * /proc}, since {@link ProcessHandle} knows neither their names nor whether they have ended.
 */
final class ProcessCount {

  private static final String PROC = "/proc";

  /** Linux keeps so many bytes of a process's name. */
  private static final int LONGEST_NAME = 15;

  private final HealthCheck.Processes wanted;
  private final String name;

  private ProcessCount(HealthCheck.Processes wanted) {
    this.wanted = wanted;
    byte[] bytes = wanted.program().getBytes(StandardCharsets.UTF_8);
    name = text(Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST_NAME)));
  }

  /**
   * Counts, and holds the number against the bounds.
   *
   * @throws InterruptedException if it takes longer than the check may
   */
  static CheckRunner.Result run(HealthCheck.Processes wanted) throws InterruptedException {
    int count;
    try {
      count = new ProcessCount(wanted).count();
    } catch (IOException e) {
      return new CheckRunner.Result(false, "processes cannot be counted: " + e);
    }
    String most = wanted.atMost() == Integer.MAX_VALUE ? "" : ", at most " + wanted.atMost();
    return new CheckRunner.Result(
        count >= wanted.atLeast() && count <= wanted.atMost(),
        "%d of \"%s\", needed are at least %d%s"
            .formatted(count, wanted.program(), wanted.atLeast(), most));
  }

  private int count() throws IOException, InterruptedException {
    int count = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of(PROC), "[0-9]*")) {
      for (Path process : processes) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        count += matches(process) ? 1 : 0;
      }
    }
    return count;
  }

  private boolean matches(Path process) {
    try {
      if (wanted.match() != HealthCheck.Processes.Match.NAME) {
        // That of a process that has ended is empty.
        return matchesCommand(text(Files.readAllBytes(process.resolve("cmdline"))));
      }
      String stat = text(Files.readAllBytes(process.resolve("stat")));
      int end = stat.lastIndexOf(')');
      return stat.substring(stat.indexOf('(') + 1, end).equals(name) && runs(stat.charAt(end + 2));
    } catch (IOException e) {
      return false; // it ended meanwhile
    }
  }

  private static boolean runs(char state) {
    return state != 'Z' && state != 'X';
  }

  /**
   * Whether a command line, of which each word ends with a zero byte, is the wanted one. The
   * arguments that follow may be of no interest.
   */
  private boolean matchesCommand(String line) {
    List<String> words = List.of(line.split("\0", -1));
    List<String> own = words.subList(0, words.size() - 1);
    int needed = 1 + wanted.arguments().size();
    if (own.size() < needed || !own.getFirst().equals(bytes(wanted.program()))) {
      return false;
    }
    List<String> arguments = wanted.arguments().stream().map(ProcessCount::bytes).toList();
    List<String> compared = own.subList(1, needed);
    return switch (wanted.match()) {
      case NAME -> throw new IllegalStateException("a name is not compared with arguments");
      case EXACT -> own.size() == needed && compared.equals(arguments);
      case PARTIAL -> compared.equals(arguments);
      case INITIAL -> beginsWith(compared, arguments);
    };
  }

  private static boolean beginsWith(List<String> compared, List<String> arguments) {
    if (arguments.isEmpty()) {
      return true;
    }
    int last = arguments.size() - 1;
    return compared.subList(0, last).equals(arguments.subList(0, last))
        && compared.getLast().startsWith(arguments.getLast());
  }

  /** A text as the bytes that Linux would show for it, one character each. */
  private static String bytes(String text) {
    return text(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
