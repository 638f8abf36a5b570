package io.havip.benchmarks;

import io.havip.benchmarks.ScaleRun.Program;
import io.havip.benchmarks.ScaleRun.Result;
import io.havip.testkit.lab.LabException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Measures many virtual routers between two members on the real network, Keepalived and this
 * library in turn: adverts that leave, processor time, memory, and the takeover after SIGKILL.
 */
public final class ScaleFigures {

  static final List<String> JVM =
      List.of(
          "-XX:+UseSerialGC", "-Xmx64m", "-Xmn4m", "-Xss512k", "-XX:TrimNativeHeapInterval=5000");

  private static final List<ScaleScene> SCENES =
      List.of(
          new ScaleScene(250, Duration.ofSeconds(1), 10),
          new ScaleScene(250, Duration.ofMillis(100), 10),
          new ScaleScene(250, Duration.ofMillis(10), 10),
          new ScaleScene(1000, Duration.ofMillis(100), 10),
          new ScaleScene(2048, Duration.ofSeconds(1), 10));

  private final ScalePlot plot = new ScalePlot();
  private final List<ScalePlot.Bar> holders = new ArrayList<>();
  private final List<ScalePlot.Bar> backups = new ArrayList<>();
  private final List<ScalePlot.Bar> takeovers = new ArrayList<>();

  private ScaleFigures() {}

  /**
   * Runs the measurement, prints a Markdown table and draws it.
   *
   * @param args optionally runs of each row (3); which scenes, 1 to 5, comma separated; which
   *     programs: k for Keepalived, o for ours, f for ours with fences; where the drawing goes
   * @throws IOException if a configuration cannot be written
   * @throws InterruptedException if interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    String scenes = args.length > 1 ? args[1] : "1,2,3,4,5";
    String letters = args.length > 2 ? args[2] : "ko";
    Path drawing = Path.of(args.length > 3 ? args[3] : "docs/benchmarks/scale.svg");
    System.out.println("JVM flags: " + String.join(" ", JVM));
    System.out.printf(
        Locale.ROOT, "A JVM that does nothing: %.1f MiB%n%n", ScaleRun.idleKib(JVM) / 1024.0);
    System.out.println(
        "| scene | program | adverts/s | holder, percent of a core | backup | MiB"
            + " | late, of a million | taken over: first / median / last ms, worst last |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    ScaleFigures figures = new ScaleFigures();
    for (String each : scenes.split(",", 0)) {
      figures.measure(SCENES.get(Integer.parseInt(each) - 1), programs(letters), runs);
    }
    figures.draw(drawing);
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

  /** The programs take turns. A run that fails is told, and left out. */
  private void measure(ScaleScene scene, List<Program> programs, int runs)
      throws IOException, InterruptedException {
    Map<Program, List<Result>> results = new LinkedHashMap<>();
    for (int run = 0; run < runs; run++) {
      for (Program program : programs) {
        try {
          Result result = new ScaleRun(scene, program).play();
          results.computeIfAbsent(program, p -> new ArrayList<>()).add(result);
        } catch (LabException e) {
          System.err.println(scene.name() + ", " + program.title() + ": " + e.getMessage());
        }
      }
    }
    results.forEach((program, all) -> report(scene, program, all));
  }

  private void report(ScaleScene scene, Program program, List<Result> all) {
    double holder = median(all, Result::holderCpu) * 100;
    double backup = median(all, Result::backupCpu) * 100;
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.0f of %.0f | %.1f | %.1f | %.1f | %s | %s |%n",
        scene.name(),
        program.title(),
        median(all, Result::advertsPerSecond),
        scene.due(),
        holder,
        backup,
        median(all, r -> r.holderKib() / 1024.0),
        late(median(all, Result::latePerMillion)),
        takeover(all));
    String label = scene.name() + ", " + program.title();
    boolean ours = program instanceof Program.Ours;
    holders.add(new ScalePlot.Bar(label, holder, ours));
    backups.add(new ScalePlot.Bar(label, backup, ours));
    double last = median(all, r -> last(r.takeovers()));
    if (!Double.isNaN(last)) {
      takeovers.add(new ScalePlot.Bar(label, last, ours));
    }
  }

  private static String late(double perMillion) {
    return Double.isNaN(perMillion)
        ? "not measured"
        : String.format(Locale.ROOT, "%.0f", perMillion);
  }

  private static String takeover(List<Result> all) {
    int fewest = all.stream().mapToInt(r -> r.takeovers().size()).min().orElse(0);
    return String.format(
        Locale.ROOT,
        "%d: %.0f / %.0f / %.0f, %.0f",
        fewest,
        median(all, r -> r.takeovers().isEmpty() ? Double.NaN : r.takeovers().getFirst()),
        median(all, r -> Millis.median(r.takeovers())),
        median(all, r -> last(r.takeovers())),
        all.stream().mapToDouble(r -> last(r.takeovers())).max().orElse(Double.NaN));
  }

  private static double last(List<Double> sorted) {
    return sorted.isEmpty() ? Double.NaN : sorted.getLast();
  }

  private static double median(List<Result> all, ToDoubleFunction<Result> of) {
    return Millis.median(all.stream().map(of::applyAsDouble).toList());
  }

  private void draw(Path file) throws IOException {
    plot.add("Processor time of the holder", "%", holders);
    plot.add("Processor time of the backup", "%", backups);
    plot.add("From SIGKILL to the announcement of the last address", "ms", takeovers);
    plot.write(file);
    System.out.println();
    System.out.println("Drawn in " + file);
  }
}
