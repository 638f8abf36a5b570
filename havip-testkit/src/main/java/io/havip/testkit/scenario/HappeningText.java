package io.havip.testkit.scenario;

import io.havip.net.IpAddress;
import io.havip.testkit.sim.CloudFault;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.Forgery;
import io.havip.testkit.sim.Operation;
import io.havip.testkit.sim.StrangerFault;
import java.util.List;

/** What can happen, in the words of a scenario file. */
final class HappeningText {

  private HappeningText() {}

  static String text(Happening what) {
    return switch (what) {
      case Happening.Strike strike -> text(strike.fault());
      case Happening.Health health ->
          "health " + health.member() + (health.fit() ? " good" : " bad");
    };
  }

  private static String text(Fault fault) {
    return switch (fault) {
      case Fault.Crash f -> "crash " + f.host();
      case Fault.Kill f -> "kill " + f.host();
      case Fault.Stop f -> "stop " + f.host();
      case Fault.Restart f -> "restart " + f.host();
      case Fault.Pause f -> "pause " + f.host();
      case Fault.Resume f -> "resume " + f.host();
      case Fault.Freeze f -> "freeze " + f.host();
      case Fault.Thaw f -> "thaw " + f.host();
      case Fault.Slow f ->
          "slow " + f.host() + " " + Lengths.text(f.by()) + " jitter " + Lengths.text(f.jitter());
      case Fault.LinkDown f -> "link-down " + f.host();
      case Fault.LinkUp f -> "link-up " + f.host();
      case Fault.InterfaceGone f -> "interface-gone " + f.host();
      case Fault.InterfaceBack f -> "interface-back " + f.host();
      case Fault.CableCut f -> "cable-cut " + f.station();
      case Fault.CableMended f -> "cable-mended " + f.station();
      case Fault.Cut f -> "cut " + path(f.from(), f.to(), f.bothWays());
      case Fault.Mend f -> "mend " + path(f.from(), f.to(), f.bothWays());
      case Fault.Partition f -> "partition " + String.join(" ", f.side());
      case Fault.Unite f -> "unite " + String.join(" ", f.side());
      case Fault.MendAll() -> "mend-all";
      case Fault.Impair f ->
          "impair " + path(f.from(), f.to(), false) + " " + QualityText.text(f.quality());
      case Fault.ImpairAll f -> "impair-all " + QualityText.text(f.quality());
      case Fault.RemoveAddress f -> "remove-address " + f.host() + " " + f.address();
      case Fault.JumpWallClock f -> "jump-wall-clock " + f.host() + " " + Lengths.text(f.by());
      case Fault.Refuse f -> "refuse " + f.host() + " " + WordsOfLine.of(f.operation());
      case Fault.Allow f -> "allow " + f.host() + " " + WordsOfLine.of(f.operation());
      case StrangerFault.Forged f -> "forged " + WordsOfLine.of(f.forgery());
      case StrangerFault.Rival f -> "rival " + f.priority();
      case StrangerFault.RivalGone f -> "rival-gone";
      case CloudFault f -> f.describe(); // which no scenario holds
    };
  }

  private static String path(String from, String to, boolean bothWays) {
    return from + (bothWays ? " <-> " : " -> ") + to;
  }

  static Happening parse(WordsOfLine words) {
    String verb = words.next("what happens");
    return verb.equals("health")
        ? new Happening.Health(station(words), fit(words))
        : new Happening.Strike(fault(verb, words));
  }

  private static Fault fault(String verb, WordsOfLine words) {
    return switch (verb) {
      case "mend-all" -> new Fault.MendAll();
      case "impair-all" -> new Fault.ImpairAll(Scenario.SEGMENT, QualityText.parse(words));
      case "forged" ->
          new StrangerFault.Forged(Scenario.SEGMENT, words.one("the forgery", Forgery.class));
      case "rival" -> new StrangerFault.Rival(Scenario.SEGMENT, words.number("its priority"));
      case "rival-gone" -> new StrangerFault.RivalGone(Scenario.SEGMENT);
      case "partition" -> new Fault.Partition(words.rest());
      case "unite" -> new Fault.Unite(words.rest());
      case "cut" -> cut(words);
      case "mend" -> mend(words);
      case "impair" -> impair(words);
      default -> onStation(verb, words);
    };
  }

  private static Fault onStation(String verb, WordsOfLine words) {
    String name = words.more() ? station(words) : "";
    Fault fault =
        switch (verb) {
          case "crash" -> new Fault.Crash(name);
          case "kill" -> new Fault.Kill(name);
          case "stop" -> new Fault.Stop(name);
          case "restart" -> new Fault.Restart(name);
          case "pause" -> new Fault.Pause(name);
          case "resume" -> new Fault.Resume(name);
          case "freeze" -> new Fault.Freeze(name);
          case "thaw" -> new Fault.Thaw(name);
          case "slow" -> slow(name, words);
          case "link-down" -> new Fault.LinkDown(name, Scenario.INTERFACE);
          case "link-up" -> new Fault.LinkUp(name, Scenario.INTERFACE);
          case "interface-gone" -> new Fault.InterfaceGone(name, Scenario.INTERFACE);
          case "interface-back" -> new Fault.InterfaceBack(name, Scenario.INTERFACE);
          case "cable-cut" -> new Fault.CableCut(name);
          case "cable-mended" -> new Fault.CableMended(name);
          case "remove-address" ->
              new Fault.RemoveAddress(
                  name, Scenario.INTERFACE, words.next("the address", IpAddress::parse));
          case "jump-wall-clock" -> new Fault.JumpWallClock(name, words.length("the jump"));
          case "refuse" -> new Fault.Refuse(name, operation(words));
          case "allow" -> new Fault.Allow(name, operation(words));
          default ->
              throw new IllegalArgumentException(
                  "\""
                      + verb
                      + "\" is nothing that can happen, but for example these are: "
                      + VERBS);
        };
    if (name.isEmpty()) {
      throw new IllegalArgumentException("the name of a station is missing after " + verb);
    }
    return fault;
  }

  /** The words with which a step begins. */
  static final List<String> VERBS =
      List.of(
          "crash",
          "kill",
          "stop",
          "restart",
          "pause",
          "resume",
          "freeze",
          "thaw",
          "slow",
          "link-down",
          "link-up",
          "interface-gone",
          "interface-back",
          "cable-cut",
          "cable-mended",
          "cut",
          "mend",
          "partition",
          "unite",
          "mend-all",
          "impair",
          "impair-all",
          "remove-address",
          "jump-wall-clock",
          "refuse",
          "allow",
          "forged",
          "rival",
          "rival-gone",
          "health");

  private static Operation operation(WordsOfLine words) {
    return words.one("the operation", Operation.class);
  }

  private static Fault slow(String name, WordsOfLine words) {
    var by = words.length("how late");
    word(words, "jitter");
    return new Fault.Slow(name, by, words.length("the jitter"));
  }

  private record Ends(String from, String to, boolean bothWays) {}

  private static Ends ends(WordsOfLine words) {
    String from = station(words);
    String arrow = words.next("-> or <->");
    if (!arrow.equals("->") && !arrow.equals("<->")) {
      throw new IllegalArgumentException("a path is written a -> b or a <-> b, not with " + arrow);
    }
    return new Ends(from, station(words), arrow.equals("<->"));
  }

  private static Fault cut(WordsOfLine words) {
    Ends ends = ends(words);
    return new Fault.Cut(ends.from, ends.to, ends.bothWays);
  }

  private static Fault mend(WordsOfLine words) {
    Ends ends = ends(words);
    return new Fault.Mend(ends.from, ends.to, ends.bothWays);
  }

  private static Fault impair(WordsOfLine words) {
    Ends ends = ends(words);
    if (ends.bothWays) {
      throw new IllegalArgumentException("a path is impaired in one direction, written a -> b");
    }
    return new Fault.Impair(ends.from, ends.to, QualityText.parse(words));
  }

  private static boolean fit(WordsOfLine words) {
    String word = words.next("good or bad");
    if (!word.equals("good") && !word.equals("bad")) {
      throw new IllegalArgumentException("health is good or bad, not " + word);
    }
    return word.equals("good");
  }

  private static String station(WordsOfLine words) {
    return words.next("the name of a station");
  }

  private static void word(WordsOfLine words, String expected) {
    String found = words.next(expected);
    if (!found.equals(expected)) {
      throw new IllegalArgumentException("expected " + expected + ", not " + found);
    }
  }
}
