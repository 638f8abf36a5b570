package io.havip.benchmarks;

import io.havip.benchmarks.ScaleRun.Program;
import io.havip.benchmarks.ScaleRun.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures many virtual routers between two members on the real network, Keepalived and this
 * library in turn: adverts that leave, processor time, memory, and the takeover after SIGKILL.
 */
public final class ScaleFigures {

  static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xmx64m", "-Xss512k");

  private static final List<ScaleScene> SCENES =
      List.of(
          new ScaleScene(250, Duration.ofSeconds(1), 20),
          new ScaleScene(250, Duration.ofMillis(100), 20),
          new ScaleScene(250, Duration.ofMillis(10), 20),
          new ScaleScene(1000, Duration.ofMillis(100), 20),
          new ScaleScene(2048, Duration.ofSeconds(1), 20));

  private ScaleFigures() {}

  /**
   * Runs the measurement and prints a Markdown table.
   *
   * @param args optionally runs of each row, and which scenes: 1 to 5, comma separated; k, o or f:
   *     only Keepalived, only ours, ours with fences
   * @throws IOException if a configuration cannot be written
   * @throws InterruptedException if interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    String which = args.length > 1 ? args[1] : "1,2,3,4,5";
    String programs = args.length > 2 ? args[2] : "ko";
    System.out.println("JVM flags: " + String.join(" ", JVM));
    for (String each : which.split(",", 0)) {
      ScaleScene scene = SCENES.get(Integer.parseInt(each) - 1);
      for (int run = 0; run < runs; run++) {
        for (Program program : programs(programs)) {
          print(scene, program, new ScaleRun(scene, program).play());
        }
      }
    }
  }

  private static List<Program> programs(String letters) {
    List<Program> all = new ArrayList<>();
    for (int i = 0; i < letters.length(); i++) {
      all.add(
          switch (letters.charAt(i)) {
            case 'k' -> new Program.Keepalived();
            case 'o' -> new Program.Ours(JVM, false);
            default -> new Program.Ours(JVM, true);
          });
    }
    return all;
  }

  private static void print(ScaleScene scene, Program program, Result result) {
    List<Double> t = result.takeovers();
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.0f of %.0f | %.1f %% | %.1f %% | %.1f | %.1f | %s |%n",
        scene.name(),
        program.title(),
        result.advertsPerSecond(),
        scene.due(),
        result.holderCpu() * 100,
        result.backupCpu() * 100,
        result.holderKib() / 1024.0,
        result.latePerMillion(),
        t.isEmpty()
            ? "-"
            : String.format(
                Locale.ROOT,
                "%d: %.1f / %.1f / %.1f",
                t.size(),
                t.getFirst(),
                t.get(t.size() / 2),
                t.getLast()));
  }
}
