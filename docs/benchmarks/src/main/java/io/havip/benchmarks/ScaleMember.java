package io.havip.benchmarks;

import com.sun.management.ThreadMXBean;
import io.havip.HavipConfig;
import io.havip.HavipNode;
import io.havip.core.keepalived.KeepalivedReader;
import io.havip.core.keepalived.ReadOptions;
import io.havip.spi.FenceOptions;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A member of many groups in a process of its own, or a JVM that does nothing. */
final class ScaleMember {

  private ScaleMember() {}

  /**
   * Runs until it is killed.
   *
   * @param args a keepalived.conf and {@code fences} or {@code none}; without arguments the JVM
   *     idles
   * @throws InterruptedException never
   */
  public static void main(String[] args) throws InterruptedException {
    if (args.length == 0) {
      System.out.println("idle");
      TimeUnit.DAYS.sleep(1);
      return;
    }
    HavipConfig config = KeepalivedReader.read(Path.of(args[0]), ReadOptions.DEFAULT).orElseThrow();
    HavipNode node =
        HavipNode.builder(config)
            .fences(args[1].equals("fences") ? FenceOptions.BEST : FenceOptions.NONE)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(node::close));
    System.out.println("started");
    if (args.length > 2) {
      report("havip-" + config.name());
    }
    TimeUnit.DAYS.sleep(1);
  }

  private static void report(String loop) throws InterruptedException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    MemoryPoolMXBean old =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().contains("Old") || pool.getName().contains("Tenured"))
            .findFirst()
            .orElseThrow();
    while (true) {
      TimeUnit.SECONDS.sleep(1);
      System.out.printf(
          "figures %d %d %d%n",
          System.nanoTime(), allocated(threads, loop), old.getUsage().getUsed());
    }
  }

  /** Of the loop alone: this report is not the member's work. */
  private static long allocated(ThreadMXBean threads, String loop) {
    for (long id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().equals(loop)) {
        return threads.getThreadAllocatedBytes(id);
      }
    }
    return 0;
  }
}
