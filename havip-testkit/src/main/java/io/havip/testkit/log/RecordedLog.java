package io.havip.testkit.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.havip.HavipConfigException;
import io.havip.VirtualRouterConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The log of one member, line by line. A line that cannot be read is left out and told; a log
 * without a usable header cannot be used.
 */
public final class RecordedLog {

  static final String FORMAT = "havip-events";
  static final int VERSION = 1;
  private static final Duration MIXED = Duration.ofSeconds(10);

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final String file;
  private final List<LogProblem> problems = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private String member = "";
  private List<VirtualRouterConfig> routers = List.of();
  private Optional<Duration> alive = Optional.empty();

  /**
   * A line that could be read.
   *
   * @param number from 1
   * @param wall when, on the host's wall clock
   * @param nanos when, on the process's monotonic clock
   * @param starts whether a process began to write here
   * @param json the rest
   */
  record Line(int number, Instant wall, long nanos, boolean starts, JsonNode json) {

    String event() {
      return json.path("event").asText();
    }

    String subject() {
      return json.path("subject").asText();
    }

    String text(String field) {
      return json.path(field).asText();
    }
  }

  private RecordedLog(String file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @param path the log
   * @return what could be read of it
   * @throws LogFormatException if it has no header of this format and version, or no event
   * @throws IOException if the file cannot be read
   */
  public static RecordedLog read(Path path) throws IOException {
    return of(path.toString(), Files.readString(path, StandardCharsets.UTF_8));
  }

  /**
   * Reads a text.
   *
   * @param file the name to use in messages
   * @param text the log
   * @return what could be read of it
   * @throws LogFormatException if it has no header of this format and version, or no event
   */
  public static RecordedLog of(String file, String text) {
    RecordedLog log = new RecordedLog(file);
    List<String> lines = text.lines().toList();
    boolean whole = text.isEmpty() || text.endsWith("\n");
    boolean starts = false;
    for (int i = 0; i < lines.size(); i++) {
      boolean cutOff = i == lines.size() - 1 && !whole;
      starts = log.line(i + 1, lines.get(i), cutOff, starts);
    }
    if (log.member.isEmpty()) {
      throw new LogFormatException(
          new LogProblem(
              file, 1, "no header: the first line must be {\"log\":\"havip-events\",...}"));
    }
    if (log.lines.isEmpty()) {
      throw new LogFormatException(
          new LogProblem(file, Math.max(1, lines.size()), "no event that could be read"));
    }
    return log;
  }

  /** Returns whether the next event is the first of a process. */
  private boolean line(int number, String text, boolean cutOff, boolean starts) {
    if (text.isBlank()) {
      return starts;
    }
    JsonNode json;
    try {
      json = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      problem(
          number,
          cutOff
              ? "the last line is cut off; it is left out"
              : "this is not JSON (" + e.getOriginalMessage() + "); the line is left out");
      return starts;
    }
    if (json.has("log")) {
      header(number, json);
      return true;
    }
    return event(number, json, starts);
  }

  private void header(int number, JsonNode json) {
    String format = json.path("log").asText();
    int version = json.path("version").asInt();
    if (!format.equals(FORMAT) || version != VERSION) {
      throw new LogFormatException(
          new LogProblem(
              file,
              number,
              "this is \"%s\" version %d, and only \"%s\" version %d can be read; use the tool that"
                      .formatted(format, version, FORMAT, VERSION)
                  + " belongs to the node"));
    }
    List<VirtualRouterConfig> configured = new ArrayList<>();
    try {
      for (JsonNode router : json.path("routers")) {
        configured.add(RecordedRouter.of(router));
      }
    } catch (HavipConfigException | IllegalArgumentException | DateTimeException e) {
      throw new LogFormatException(
          new LogProblem(file, number, "the header's routers cannot be used: " + e.getMessage()));
    }
    if (!routers.isEmpty() && !RecordedRouter.sameGroup(routers, configured)) {
      problem(number, "another configuration from here on; the run is judged by the first one");
    }
    if (routers.isEmpty()) {
      member = json.path("node").asText("a node");
      routers = List.copyOf(configured);
      alive =
          Optional.of(json.path("alive").asText()).filter(t -> !t.isEmpty()).map(Duration::parse);
    }
  }

  private boolean event(int number, JsonNode json, boolean starts) {
    if (!json.path("nanos").isIntegralNumber() || !json.path("event").isTextual()) {
      problem(number, "this is no event: it lacks \"event\" or \"nanos\"; the line is left out");
      return starts;
    }
    Instant wall;
    try {
      wall = Instant.parse(json.path("time").asText());
    } catch (DateTimeException e) {
      problem(number, "\"time\" is no instant such as 2026-01-31T12:00:00Z; the line is left out");
      return starts;
    }
    if (member.isEmpty()) {
      problem(number, "an event before the header; the line is left out");
      return starts;
    }
    long nanos = json.path("nanos").asLong();
    boolean first = starts || lines.isEmpty();
    if (!first && nanos < lines.getLast().nanos() - MIXED.toNanos()) {
      problem(number, "much older than the line before; the line is left out");
      return false;
    }
    insert(new Line(number, wall, nanos, first, json));
    return false;
  }

  /** Several threads write: a line may come a little before one that is older. */
  private void insert(Line line) {
    int place = lines.size();
    while (place > 0
        && !line.starts()
        && !lines.get(place - 1).starts()
        && lines.get(place - 1).nanos() > line.nanos()) {
      place--;
    }
    lines.add(place, line);
  }

  private void problem(int number, String words) {
    problems.add(new LogProblem(file, number, words));
  }

  /** {@return the file's name, as given} */
  public String file() {
    return file;
  }

  /** {@return the member's name, as the header has it} */
  public String member() {
    return member;
  }

  /** {@return its virtual routers, as the first header has them} */
  public List<VirtualRouterConfig> routers() {
    return routers;
  }

  /** {@return what was wrong with the lines, in their order} */
  public List<LogProblem> problems() {
    return List.copyOf(problems);
  }

  /** How often a living process writes a line; empty if it does not. */
  Optional<Duration> alive() {
    return alive;
  }

  List<Line> lines() {
    return lines;
  }
}
