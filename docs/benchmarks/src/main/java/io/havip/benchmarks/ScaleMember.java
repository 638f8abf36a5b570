package io.havip.benchmarks;

import com.sun.management.ThreadMXBean;
import io.havip.HavipConfig;
import io.havip.HavipNode;
import io.havip.NodeSnapshot;
import io.havip.RouterSnapshot;
import io.havip.core.keepalived.KeepalivedReader;
import io.havip.core.keepalived.ReadOptions;
import io.havip.spi.FenceOptions;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A member of many groups in a process of its own, or a JVM that does nothing. Prints a line of
 * measurements each second.
 */
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
      report(node);
    }
    TimeUnit.DAYS.sleep(1);
  }

  private static void report(HavipNode node) throws InterruptedException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    MemoryPoolMXBean old =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().contains("Old") || pool.getName().contains("Tenured"))
            .findFirst()
            .orElseThrow();
    while (true) {
      TimeUnit.SECONDS.sleep(1);
      long sent = 0;
      long received = 0;
      NodeSnapshot snapshot = node.snapshot();
      for (RouterSnapshot router : snapshot.routers()) {
        sent += router.counters().advertsSent();
        received += router.counters().advertsAccepted();
      }
      System.out.printf(
          "figures %d %d %d %d %d %d%n",
          System.nanoTime(),
          allocated(threads),
          sent,
          received,
          old.getUsage().getUsed(),
          snapshot.timing().worst().toNanos());
    }
  }

  /** Of the loop alone: the snapshots above are not steady work. */
  private static long allocated(ThreadMXBean threads) {
    for (long id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().startsWith("havip-")) {
        return threads.getThreadAllocatedBytes(id);
      }
    }
    return 0;
  }
}
