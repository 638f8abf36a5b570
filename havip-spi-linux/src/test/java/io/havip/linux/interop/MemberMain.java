package io.havip.linux.interop;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HavipNode;
import io.havip.spi.Fence;
import io.havip.spi.FenceOptions;
import io.havip.spi.FenceOptions.Use;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A member in a process of its own, so that it can be killed. Prints a line for each state and each
 * change of the fence. Halts once the file of the system property {@value #HALT_FILE} exists.
 */
final class MemberMain {

  static final String HALT_FILE = "havip.test.halt";

  /** The kernel's fences without a guardian. */
  static final FenceOptions KERNEL = new FenceOptions(Use.AUTO, Use.AUTO, Use.OFF);

  /** Set to {@code kernel} for {@link #KERNEL}; the strongest fences otherwise. */
  static final String FENCES = "havip.test.fences";

  private MemberMain() {}

  public static void main(String... args) throws InterruptedException {
    HavipNode node =
        HavipNode.builder(HavipConfig.of(Spec.parse(args).ours()))
            .listener(event -> {
              if (event instanceof HavipEvent.StateChanged change) {
                System.out.println("state " + change.to());
              }
            })
            .fences(System.getProperty(FENCES, "").equals("kernel") ? KERNEL : FenceOptions.BEST)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(node::close));
    Path haltFile = Path.of(System.getProperty(HALT_FILE, "/nowhere"));
    CountDownLatch never = new CountDownLatch(1);
    Fence told = new Fence.None();
    while (!never.await(20, TimeUnit.MILLISECONDS)) {
      if (Files.exists(haltFile)) {
        Runtime.getRuntime().halt(1);
      }
      Fence fence = node.snapshot().routers().getFirst().fence();
      if (!fence.equals(told)) {
        told = fence;
        System.out.println("fence " + fence);
      }
    }
  }
}
