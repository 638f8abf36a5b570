package io.havip.benchmarks;

import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.Packet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One scene, played once by one program: steady state first, then the holder is killed. */
final class ScaleRun {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** A JVM that has just started compiles its code meanwhile. */
  private static final int SETTLED_SECONDS = 15;

  private final ScaleScene scene;
  private final Program program;

  /** Who plays. */
  sealed interface Program {

    /** {@return its name in the table} */
    String title();

    /** Keepalived on the path. */
    record Keepalived() implements Program {
      @Override
      public String title() {
        return "Keepalived";
      }
    }

    /**
     * This library.
     *
     * @param jvmOptions of both members
     * @param fences whether the members have fences
     */
    record Ours(List<String> jvmOptions, boolean fences) implements Program {
      @Override
      public String title() {
        return fences ? "this library, fenced" : "this library";
      }
    }
  }

  /**
   * What was measured.
   *
   * @param advertsPerSecond that left the holder
   * @param holderCpu share of one core
   * @param backupCpu share of one core
   * @param holderKib proportional memory
   * @param latePerMillion adverts more than two intervals after the one before, of a million
   * @param takeovers from the kill to the first announcement of each address, sorted, in ms
   */
  record Result(
      double advertsPerSecond,
      double holderCpu,
      double backupCpu,
      long holderKib,
      double latePerMillion,
      List<Double> takeovers) {}

  ScaleRun(ScaleScene scene, Program program) {
    this.scene = scene;
    this.program = program;
  }

  /** Memory of a JVM that does nothing, beside another: what both map counts for each by half. */
  static long idleKib(List<String> jvmOptions) throws InterruptedException {
    try (Lab lab = Lab.open(ScaleScene.SUBNET)) {
      startIdle(lab, jvmOptions);
      LabProcess idle = startIdle(lab, jvmOptions);
      TimeUnit.SECONDS.sleep(2);
      return ProcessCost.of(idle.pid()).proportionalKib();
    }
  }

  private static LabProcess startIdle(Lab lab, List<String> jvmOptions) {
    LabProcess idle =
        lab.addHost("idle" + lab.hosts().size())
            .startJava(new ArrayList<>(jvmOptions), ScaleMember.class);
    idle.awaitLine(line -> line.equals("idle"), LIMIT);
    return idle;
  }

  Result play() throws IOException, InterruptedException {
    try (Lab lab = Lab.open(ScaleScene.SUBNET)) {
      LabHost holder = lab.addHost("holder", "172.17.16.7");
      LabHost backup = lab.addHost("backup", "172.17.16.13");
      scene.prepare(holder, backup);
      LabProcess held = start(holder, true);
      awaitHolding(holder);
      LabProcess waiting = start(backup, false);
      TimeUnit.SECONDS.sleep(SETTLED_SECONDS);
      return measure(lab, holder, backup, held, waiting);
    }
  }

  private Result measure(
      Lab lab, LabHost holder, LabHost backup, LabProcess held, LabProcess waiting)
      throws InterruptedException {
    long sentBefore = sent(holder);
    ProcessCost heldBefore = ProcessCost.of(held.pid());
    ProcessCost waitingBefore = ProcessCost.of(waiting.pid());
    long began = System.nanoTime();
    TimeUnit.SECONDS.sleep(scene.seconds());
    ProcessCost heldAfter = ProcessCost.of(held.pid());
    ProcessCost waitingAfter = ProcessCost.of(waiting.pid());
    double seconds = (System.nanoTime() - began) / 1e9;
    double rate = (sent(holder) - sentBefore) / seconds;
    Crash crash = scene.manyInterfaces() ? crash(backup, held) : crash(lab, backup, held);
    return new Result(
        rate,
        (heldAfter.cpuMillis() - heldBefore.cpuMillis()) / 1000.0 / seconds,
        (waitingAfter.cpuMillis() - waitingBefore.cpuMillis()) / 1000.0 / seconds,
        heldAfter.proportionalKib(),
        crash.latePerMillion(),
        crash.takeovers());
  }

  private record Crash(double latePerMillion, List<Double> takeovers) {}

  private Crash crash(LabHost backup, LabProcess held) throws InterruptedException {
    try (Announcements announcements = new Announcements(backup)) {
      TimeUnit.SECONDS.sleep(1);
      return new Crash(Double.NaN, announcements.after(held.kill(), scene.routers()));
    }
  }

  /** Also looks at the adverts of the second before. */
  private Crash crash(Lab lab, LabHost backup, LabProcess held) throws InterruptedException {
    try (Capture capture = lab.capture()) {
      TimeUnit.SECONDS.sleep(1);
      long killedAt = held.kill();
      List<Double> takeovers =
          Announcements.firstOfEach(
              capture::frames,
              scene.routers(),
              (frame, first) -> {
                String announced = announced(frame, backup);
                if (!announced.isEmpty() && frame.nanos() > killedAt) {
                  first.putIfAbsent(announced, (frame.nanos() - killedAt) / 1e6);
                }
              });
      return new Crash(late(capture, killedAt), takeovers);
    }
  }

  private static String announced(Frame frame, LabHost by) {
    return frame.packet() instanceof Packet.Arp arp
            && arp.gratuitous()
            && arp.senderMac().equals(by.mac())
        ? arp.senderIp()
        : "";
  }

  private double late(Capture capture, long until) {
    Map<Integer, Long> last = new HashMap<>();
    long adverts = 0;
    long late = 0;
    for (Frame frame : capture.frames()) {
      if (frame.nanos() < until
          && frame.packet() instanceof Packet.VrrpAdvert advert
          && advert.source().equals("172.17.16.7")) {
        Long before = last.put(advert.vrid(), frame.epochNanos());
        adverts++;
        if (before != null && frame.epochNanos() - before > 3 * scene.interval().toNanos()) {
          late++;
        }
      }
    }
    return adverts == 0 ? Double.NaN : late * 1e6 / adverts;
  }

  private LabProcess start(LabHost host, boolean holder) throws IOException {
    Path folder = Files.createTempDirectory(host.lab().folder(), host.name());
    Path file = Files.writeString(folder.resolve("vrrp.conf"), scene.config(holder).render());
    return switch (program) {
      case Program.Keepalived _ ->
          host.start(
              "keepalived",
              "--dont-fork",
              "--log-console",
              "--no-syslog",
              "--vrrp",
              "--use-file=" + file,
              "--pid=" + folder.resolve("keepalived.pid"),
              "--vrrp_pid=" + folder.resolve("vrrp.pid"),
              "--checkers_pid=" + folder.resolve("checkers.pid"));
      case Program.Ours ours -> {
        List<String> options = new ArrayList<>(ours.jvmOptions());
        options.add("--enable-native-access=ALL-UNNAMED");
        LabProcess process =
            host.startJava(
                options, ScaleMember.class, file.toString(), ours.fences() ? "fences" : "none");
        process.awaitLine(line -> line.equals("started"), LIMIT);
        yield process;
      }
    };
  }

  private void awaitHolding(LabHost host) {
    Await.until(
        "the holder to hold every address",
        LIMIT,
        () -> host.addresses().size(),
        count -> count > scene.routers());
  }

  private long sent(LabHost host) {
    return scene.interfaceNames().stream()
        .mapToLong(name ->
            Long.parseLong(
                host.exec("cat", "/sys/class/net/" + name + "/statistics/tx_packets").strip()))
        .sum();
  }
}
