package io.havip.core.keepalived;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * Fuzz target: what anybody can write into a keepalived.conf. The fuzzer calls it; {@link
 * ReaderFuzzTest} replays what it found.
 */
public final class ReaderFuzz {

  /**
   * A short text can ask for all that the budget allows, by sequences and parameters; each of those
   * characters and statements is an object of some dozens of bytes for a while.
   */
  private static final long MOST_BYTES = 2L << 30;

  private static final long MOST_NANOS = 20_000_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private ReaderFuzz() {}

  /**
   * Called by the fuzzer.
   *
   * @param data any bytes
   */
  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    check(KeepalivedReader.read(text, Conf.FILE, Conf.OPTIONS));
    check(KeepalivedReader.read(Conf.instance(text), Conf.FILE, Conf.OPTIONS));
    long nanos = System.nanoTime() - start;
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    require(allocated <= MOST_BYTES, "one text made the reader allocate " + allocated);
    require(nanos <= MOST_NANOS, "one text kept the reader busy for " + nanos + " ns");
  }

  private static void check(ReadResult result) {
    require(
        result.diagnostics().size() <= Report.MOST_KEPT + 1, "more diagnostics than anybody reads");
    boolean error = result.diagnostics().stream().anyMatch(d -> d.severity() == Severity.ERROR);
    require(result.config().isPresent() || error, "refused without an error");
    result.diagnostics().forEach(d -> require(d.describe().indexOf('\n') < 0, "a broken line"));
    result.config().ifPresent(c -> require(!c.toString().contains("SimplePassword[bits"), "shown"));
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }
}
