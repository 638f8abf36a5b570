package io.havip.benchmarks;

import io.havip.HavipConfig;
import io.havip.HavipNode;
import io.havip.RouterSnapshot;
import io.havip.RouterState;
import io.havip.core.keepalived.KeepalivedReader;
import io.havip.core.keepalived.ReadOptions;
import io.havip.spi.Fence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A member in a process of its own that ends without a word when it is told to. */
final class DyingMember {

  /** Printed when it holds its address, and its guardian knows. */
  static final String GUARDED = "guarded";

  /** Printed just before {@code Runtime.halt}, with {@link System#nanoTime}. */
  static final String HALTING = "halting ";

  private DyingMember() {}

  /**
   * Runs until it is killed.
   *
   * @param args a keepalived.conf, a file whose existence makes it halt, and one whose existence
   *     makes it use more and more memory
   * @throws InterruptedException never
   */
  public static void main(String[] args) throws InterruptedException {
    HavipConfig config = KeepalivedReader.read(Path.of(args[0]), ReadOptions.DEFAULT).orElseThrow();
    HavipNode node = HavipNode.builder(config).start();
    Runtime.getRuntime().addShutdownHook(new Thread(node::close));
    while (!guarded(node.snapshot().routers().getFirst())) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    System.out.println(GUARDED);
    while (true) {
      TimeUnit.MILLISECONDS.sleep(20);
      if (Files.exists(Path.of(args[1]))) {
        System.out.println(HALTING + System.nanoTime());
        Runtime.getRuntime().halt(1);
      }
      if (Files.exists(Path.of(args[2]))) {
        useMemory();
      }
    }
  }

  private static boolean guarded(RouterSnapshot router) {
    return router.state() == RouterState.ACTIVE
        && (router.fence() instanceof Fence.OnExit
            || router.fence() instanceof Fence.OnExitAndStall);
  }

  private static void useMemory() {
    Object[] used = {};
    while (true) {
      used = new Object[] {used, new byte[1 << 20]};
    }
  }
}
