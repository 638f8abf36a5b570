package io.havip.testkit.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * A scenario as a file, with what was seen when it ran.
 *
 * <p>The first line is {@code havip-scenario 1}; a reader of another version refuses it. Each other
 * line begins with a word that says what it holds; empty lines and what follows a word that begins
 * with {@code #} are for people. {@code docs/testing-your-failover.md} describes the lines. What is
 * written and read again is equal.
 *
 * @param scenario what to run
 * @param violates the ids of the properties that it violated, in the order of their findings
 * @param trace the hash of its trace; empty if nobody noted it
 */
public record ScenarioFile(Scenario scenario, List<String> violates, OptionalLong trace) {

  /** The version of the format that is read and written. */
  public static final int VERSION = 1;

  /** How file names end. */
  public static final String SUFFIX = ".scenario";

  private static final long MOST_BYTES = 4 << 20;

  /** Copies the list and checks its words. */
  public ScenarioFile {
    violates = List.copyOf(violates);
    violates.forEach(ScenarioFile::requireId);
  }

  /**
   * A scenario of which nothing was seen yet.
   *
   * @param scenario what to run
   * @return the file
   */
  public static ScenarioFile of(Scenario scenario) {
    return new ScenarioFile(scenario, List.of(), OptionalLong.empty());
  }

  /**
   * Reads a file.
   *
   * @param file UTF-8, at most 4 MiB
   * @return what it holds
   * @throws ScenarioException if it is no scenario of this version; the message names the file, the
   *     line and the rule
   * @throws UncheckedIOException if the file cannot be read
   */
  public static ScenarioFile read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new ScenarioException(file.toString(), 1, "a scenario file has at most 4 MiB");
      }
      return parse(file.toString(), Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new ScenarioException(file.toString(), 1, "a scenario file is UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException("the scenario " + file + " cannot be read", e);
    }
  }

  /**
   * Reads the text of a file.
   *
   * @param name names the file in messages
   * @param text its lines
   * @return what it holds
   * @throws ScenarioException if it is no scenario of this version; the message names the file, the
   *     line and the rule
   */
  public static ScenarioFile parse(String name, String text) {
    return new ScenarioReader(name, text).read();
  }

  /** {@return the lines of the file, each ended by a newline; equal for equal files} */
  public String text() {
    return ScenarioWriter.text(this);
  }

  /**
   * Writes the file.
   *
   * @param file where; its folder is made, and the file replaced, if need be
   * @return the file
   * @throws UncheckedIOException if it cannot be written
   */
  public Path write(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      return Files.writeString(file, text(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the scenario could not be written to " + file, e);
    }
  }

  private static void requireId(String id) {
    if (!id.matches("[A-Za-z][A-Za-z0-9_-]{0,31}")) {
      throw new IllegalArgumentException("\"" + id + "\" is no id of a property");
    }
  }
}
