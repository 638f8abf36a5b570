package io.havip.testkit.scenario;

import io.havip.HavipConfigException;
import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.testkit.sim.Quality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a scenario file, line by line. */
final class ScenarioReader {

  private static final String HEADER = "havip-scenario";

  private final String file;
  private final List<String> lines;
  private final Set<String> seen = new HashSet<>();
  private final IdentityHashMap<Object, Integer> places = new IdentityHashMap<>();
  private final List<Member> members = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private SettingsText shared = new SettingsText();
  private String title = "a scenario";
  private long seed;
  private @Nullable Duration length;
  private @Nullable Cidr network;
  private Quality quality = Quality.LAN;
  private List<String> violates = List.of();
  private OptionalLong trace = OptionalLong.empty();
  private int line;

  ScenarioReader(String file, String text) {
    this.file = file;
    lines = text.lines().toList();
  }

  ScenarioFile read() {
    try {
      boolean begun = false;
      for (String each : lines) {
        line++;
        String stripped = each.strip();
        if (!stripped.isEmpty() && !stripped.startsWith("#")) {
          if (begun) {
            line(stripped);
          } else {
            header(stripped);
          }
          begun = true;
        }
      }
      require(
          begun, "a scenario begins with the line \"" + HEADER + " " + ScenarioFile.VERSION + "\"");
      return finished();
    } catch (ScenarioRules.Broken e) {
      throw new ScenarioException(
          file, places.getOrDefault(e.part(), line), String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException | HavipConfigException | ArithmeticException e) {
      throw new ScenarioException(file, Math.max(1, line), String.valueOf(e.getMessage()));
    }
  }

  private void header(String text) {
    WordsOfLine words = new WordsOfLine(text);
    require(
        words.next("the header").equals(HEADER),
        "a scenario begins with the line \"" + HEADER + " " + ScenarioFile.VERSION + "\"");
    String version = words.next("the version");
    require(
        version.equals(Integer.toString(ScenarioFile.VERSION)),
        "this is version %s of the format, but only version %d is known here; use the release of"
                .formatted(version, ScenarioFile.VERSION)
            + " the library that wrote the file");
    words.end();
  }

  private void line(String text) {
    WordsOfLine words = new WordsOfLine(text);
    String key = words.next("a line");
    switch (key) {
      case "member" -> member(words);
      case "client" -> client(words);
      case "at" -> step(words);
      default -> {
        require(seen.add(key), "there is a second line of " + key);
        single(key, text, words);
      }
    }
    words.end();
  }

  private void single(String key, String text, WordsOfLine words) {
    switch (key) {
      case "title" -> {
        words.rest();
        title = text.substring(key.length()).strip();
        require(!title.isEmpty(), "the title is missing");
      }
      case "seed" -> seed = words.next("the seed", Long::valueOf);
      case "length" -> length = words.length("the length");
      case "network" -> {
        network = words.next("the network", Cidr::parse);
        quality = words.more() ? QualityText.parse(words) : Quality.LAN;
      }
      case "router" -> {
        require(members.isEmpty(), "what all members share stands before the members");
        shared = new SettingsText();
        shared.read(words);
      }
      case "violates" -> {
        violates = words.rest();
        require(!violates.isEmpty(), "the ids of the properties are missing");
      }
      case "trace" ->
          trace = OptionalLong.of(words.next("the hash", hash -> Long.parseUnsignedLong(hash, 16)));
      default ->
          throw new IllegalArgumentException(
              "a line begins with title, seed, length, network, router, member, client, at,"
                  + " violates or trace, not with "
                  + key);
    }
  }

  private void member(WordsOfLine words) {
    String name = words.next("the name of the member");
    IpAddress address = words.next("the address of the member", IpAddress::parse);
    SettingsText own = new SettingsText(shared);
    own.read(words);
    Member member = new Member(name, address, own.router(), own.fence());
    places.put(member, line);
    members.add(member);
  }

  private void client(WordsOfLine words) {
    String name = words.next("the name of the client");
    Client client = new Client(name, words.next("the address of the client", IpAddress::parse));
    places.put(client, line);
    clients.add(client);
  }

  private void step(WordsOfLine words) {
    Step step = new Step(words.length("the time"), HappeningText.parse(words));
    places.put(step, line);
    steps.add(step);
  }

  private ScenarioFile finished() {
    Cidr known = network;
    Duration lasts = length;
    require(known != null, "the line of the network is missing, such as network 10.0.0.0/24");
    require(lasts != null, "the line of the length is missing, such as length 30s");
    if (known == null || lasts == null) {
      throw new AssertionError();
    }
    return new ScenarioFile(
        new Scenario(title, seed, lasts, known, quality, members, clients, steps), violates, trace);
  }

  private static void require(boolean kept, String rule) {
    if (!kept) {
      throw new IllegalArgumentException(rule);
    }
  }
}
