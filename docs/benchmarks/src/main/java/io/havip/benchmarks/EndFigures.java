package io.havip.benchmarks;

import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.KeepalivedConfig.Instance;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.MemoryLimit;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures how long after the other sudden ends of a holder, apart from SIGKILL, its guardian has
 * taken the address off and resigned: after the process calls {@code Runtime.halt}, after the JVM
 * has reported a crash and is about to abort, and after the kernel logs that it kills the process.
 */
final class EndFigures {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String ABORTING = "aborting ";
  private static final long MEMORY = 64L << 20;

  private final int runs;

  private enum End {
    HALT("`Runtime.halt`"),
    CRASH("SIGSEGV, its report written"),
    OUT_OF_MEMORY("the kernel's OOM killer, 512 MiB heap");

    private final String words;

    End(String words) {
      this.words = words;
    }
  }

  EndFigures(int runs) {
    this.runs = runs;
  }

  void print() throws IOException {
    System.out.println(
        "| end of the holder | to resignation, address off: runs ms | median | max |");
    System.out.println("|---|---|---|---|");
    for (End end : End.values()) {
      List<Double> millis = new ArrayList<>();
      for (int run = 0; run < runs; run++) {
        millis.add(measure(end));
      }
      System.out.printf(Locale.ROOT, "| %s | %s |%n", end.words, Millis.cells(millis));
    }
  }

  private static double measure(End how) throws IOException {
    try (Lab lab = Lab.open();
        Capture capture = lab.capture()) {
      LabHost host = lab.addHost("holder", "172.17.16.7");
      Path halt = lab.folder().resolve("halt");
      Path memory = lab.folder().resolve("memory");
      LabProcess member = start(host, halt, memory);
      long began = System.nanoTime();
      long ended =
          switch (how) {
            case HALT -> {
              Files.createFile(halt);
              yield Long.parseLong(after(member, DyingMember.HALTING));
            }
            case CRASH -> {
              host.exec("kill", "-SEGV", Long.toString(member.pid()));
              yield wall(after(member, ABORTING));
            }
            case OUT_OF_MEMORY -> killedByKernel(host, member, memory);
          };
      Frame resignation =
          capture.awaitFrame(
              "the resignation", f -> Members.isResignation(f, host.address()), began, LIMIT);
      return (resignation.nanos() - ended) / 1e6;
    }
  }

  /** A time of {@code date} on the axis of {@link System#nanoTime}. */
  private static long wall(String seconds) {
    Instant now = Instant.now();
    long nanos = System.nanoTime();
    BigDecimal ago =
        BigDecimal.valueOf(now.getEpochSecond())
            .add(BigDecimal.valueOf(now.getNano(), 9))
            .subtract(new BigDecimal(seconds));
    return nanos - ago.movePointRight(9).longValueExact();
  }

  private static LabProcess start(LabHost host, Path halt, Path memory) throws IOException {
    Instance instance = Members.instance(200, Duration.ofSeconds(1));
    Path file = host.lab().folder().resolve("member.conf");
    Files.writeString(file, KeepalivedConfig.of(instance).render());
    LabProcess member =
        host.startJava(
            List.of(
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + host.lab().folder().resolve("hs_err.log"),
                "-XX:OnError=date +'" + ABORTING + "%s.%N'"),
            DyingMember.class,
            file.toString(),
            halt.toString(),
            memory.toString());
    member.awaitLine(line -> line.equals(DyingMember.GUARDED), LIMIT);
    return member;
  }

  /** What the process prints behind these words. */
  private static String after(LabProcess process, String words) {
    return process
        .awaitLine(line -> line.startsWith(words), LIMIT)
        .text()
        .substring(words.length());
  }

  private static long killedByKernel(LabHost host, LabProcess member, Path memory)
      throws IOException {
    try (KernelLog log = KernelLog.follow(host);
        MemoryLimit limit =
            MemoryLimit.open("havip-" + host.lab().name(), MEMORY)
                .orElseThrow(() -> new IllegalStateException("no control groups for memory"))) {
      limit.admit(member.pid());
      Files.createFile(memory);
      return log.await("Killed process " + member.pid() + " ");
    }
  }
}
