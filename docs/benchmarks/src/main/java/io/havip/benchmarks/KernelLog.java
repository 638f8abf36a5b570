package io.havip.benchmarks;

import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel logs from now on, with its time on the axis of {@link System#nanoTime}. */
final class KernelLog implements AutoCloseable {

  private static final Path DEVICE = Path.of("/dev/kmsg");
  private static final Pattern LINE = Pattern.compile("\\[ *([0-9]+\\.[0-9]+)\\] (.*)");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final LabProcess dmesg;
  private final long ahead;

  private KernelLog(LabProcess dmesg, long ahead) {
    this.dmesg = dmesg;
    this.ahead = ahead;
  }

  /** The kernel's own clock runs beside the monotonic one: a line of ours tells how far. */
  static KernelLog follow(LabHost host) throws IOException {
    LabProcess dmesg = host.start("dmesg", "--follow");
    long now = System.nanoTime();
    String mark = "havip measures, " + now;
    Files.writeString(DEVICE, mark + "\n");
    return new KernelLog(dmesg, await(dmesg, mark) - now);
  }

  /** {@return when it logged these words} */
  long await(String words) {
    return await(dmesg, words) - ahead;
  }

  private static long await(LabProcess dmesg, String words) {
    String line = dmesg.awaitLine(l -> l.contains(words), LIMIT).text();
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalStateException("not a line of the kernel's log: " + line);
    }
    return new BigDecimal(matcher.group(1)).movePointRight(9).longValueExact();
  }

  @Override
  public void close() {
    dmesg.close();
  }
}
