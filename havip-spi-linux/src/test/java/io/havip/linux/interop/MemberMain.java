package io.havip.linux.interop;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HavipNode;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.spi.Fence;
import io.havip.spi.FenceOptions;
import io.havip.spi.FenceOptions.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A member in a process of its own, so that it can be killed. Prints a line for each state and each
 * change of the fence. Halts once the file of the system property {@value #HALT_FILE} exists, and
 * is held up by a {@link LongSafepoint} once, when that of {@value #SAFEPOINT_FILE} does.
 */
final class MemberMain {

  static final String HALT_FILE = "havip.test.halt";

  /** Printed before that. */
  static final String HALTING = "halting";

  /** While it exists, more and more memory is used. */
  static final String MEMORY_FILE = "havip.test.memory";

  static final String SAFEPOINT_FILE = "havip.test.safepoint";

  /** Longer than a peer of adverts of one second waits, its skew included. */
  static final Duration SAFEPOINT = Duration.ofSeconds(5);

  /** Printed when it is over. */
  static final String RELEASED = "released";

  /** In milliseconds; see {@code VirtualRouterConfigBuilder.quickClaim}. */
  static final String QUICK_CLAIM = "havip.test.quickclaim";

  /** Set to {@code false} for {@code VirtualRouterConfigBuilder.acceptMode}. */
  static final String ACCEPT_MODE = "havip.test.acceptmode";

  /** The kernel's fences without a guardian. */
  static final FenceOptions KERNEL = new FenceOptions(Use.AUTO, Use.AUTO, Use.OFF);

  /** Set to {@code kernel} for {@link #KERNEL}; the strongest fences otherwise. */
  static final String FENCES = "havip.test.fences";

  private MemberMain() {}

  private static VirtualRouterConfig router(String... args) {
    VirtualRouterConfigBuilder router = Spec.parse(args).ours().toBuilder();
    Integer quickClaim = Integer.getInteger(QUICK_CLAIM);
    if (quickClaim != null) {
      router.quickClaim(Duration.ofMillis(quickClaim));
    }
    return router.acceptMode(!System.getProperty(ACCEPT_MODE, "").equals("false")).build();
  }

  private static void useMemory() {
    Object[] used = {};
    while (true) {
      used = new Object[] {used, new byte[1 << 20]};
    }
  }

  public static void main(String... args) throws InterruptedException, IOException {
    HavipNode node =
        HavipNode.builder(HavipConfig.of(router(args)))
            .listener(event -> {
              if (event instanceof HavipEvent.StateChanged change) {
                System.out.println("state " + change.to());
              }
            })
            .fences(System.getProperty(FENCES, "").equals("kernel") ? KERNEL : FenceOptions.BEST)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(node::close));
    Path haltFile = Path.of(System.getProperty(HALT_FILE, "/nowhere"));
    Path memoryFile = Path.of(System.getProperty(MEMORY_FILE, "/nowhere"));
    Path safepointFile = Path.of(System.getProperty(SAFEPOINT_FILE, "/nowhere"));
    CountDownLatch never = new CountDownLatch(1);
    Fence told = new Fence.None();
    while (!never.await(20, TimeUnit.MILLISECONDS)) {
      if (Files.exists(haltFile)) {
        System.out.println(HALTING);
        Runtime.getRuntime().halt(1);
      }
      if (Files.exists(memoryFile)) {
        useMemory();
      }
      if (Files.deleteIfExists(safepointFile)) {
        LongSafepoint.hold(SAFEPOINT);
        System.out.println(RELEASED);
      }
      Fence fence = node.snapshot().routers().getFirst().fence();
      if (!fence.equals(told)) {
        told = fence;
        System.out.println("fence " + fence);
      }
    }
  }
}
