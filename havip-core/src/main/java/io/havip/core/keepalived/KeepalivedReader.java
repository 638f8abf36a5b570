package io.havip.core.keepalived;

import io.havip.HavipConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads Keepalived configurations.
 *
 * <p>Never throws because of what a file says, however wrong, and never takes unbounded time or
 * memory: a file, what it includes, and what its parameters and sequences make of it are limited.
 * Every method may be called from any thread.
 */
public final class KeepalivedReader {

  private KeepalivedReader() {}

  /**
   * Reads a file and the files it includes.
   *
   * <p>Regular files only are opened. A file that is missing or cannot be read gives an error and
   * no configuration; Keepalived would run with nothing configured.
   *
   * @param file the file, such as {@code /etc/keepalived/keepalived.conf}; diagnostics name it as
   *     it is given here
   * @param options what to read it with
   * @return the configuration, if there is one to use, and the diagnostics
   */
  public static ReadResult read(Path file, ReadOptions options) {
    Objects.requireNonNull(options, "options");
    Report report = new Report();
    String name = file.toString();
    return switch (Folder.read(file, name, report)) {
      case Folder.Opened.Ok(Source source) -> read(source, options, report);
      case Folder.Opened.Failed(String why) -> {
        report.fatal(Position.of(name), "", "the file " + why);
        yield new ReadResult(Optional.empty(), report.inOrder(), List.of());
      }
    };
  }

  /**
   * Reads a text. It cannot include files, since it stands in no folder.
   *
   * @param text the configuration
   * @param fileName what diagnostics call it
   * @param options what to read it with
   * @return the configuration, if there is one to use, and the diagnostics
   */
  public static ReadResult read(String text, String fileName, ReadOptions options) {
    Objects.requireNonNull(options, "options");
    Report report = new Report();
    report.file(fileName);
    Position whole = Position.of(fileName);
    if (text.length() > Budget.LARGEST_FILE) {
      report.fatal(whole, "", "the text is longer than " + Budget.LARGEST_FILE + " characters");
      return new ReadResult(Optional.empty(), report.inOrder(), List.of());
    }
    String plain = Folder.withoutMark(text, whole, report);
    return read(new Source(fileName, Optional.empty(), plain), options, report);
  }

  private static ReadResult read(Source source, ReadOptions options, Report report) {
    TreeBuilder tree = new TreeBuilder(report, source.name());
    Optional<HavipConfig> config = Optional.empty();
    try {
      new Expander(options, report, tree).read(source);
      config = new ConfigMapper(report, options).map(tree.root());
    } catch (Budget.Spent e) {
      report.fatal(Position.of(source.name()), "", String.valueOf(e.getMessage()));
    }
    boolean usable = !report.unusable() && (report.strictlyClean() || !options.strict());
    return new ReadResult(
        usable ? config : Optional.empty(), report.inOrder(), Directive.of(tree.root()));
  }
}
