package io.havip.linux.internal.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.havip.linux.internal.libc.Libc;
import io.havip.linux.internal.libc.ProcessCalls;
import io.havip.linux.internal.libc.RobustMutex;
import io.havip.linux.internal.netlink.PreparedRequests;
import io.havip.net.VirtualAddress;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.RealNetwork;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The guardian's second thread, with a thread of this JVM in the place of the periodic one. */
class HaltWatchIT {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long ROOM = 64 * 1024;
  private static final String FIRST = "havip-first";
  private static final String WATCH = "havip-halt-watc"; // as much of it as Linux keeps

  private final Arena arena = Arena.ofShared();
  private final Region region = new Region(arena.allocate(ROOM, 64), 1);
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);

  @BeforeEach
  void watch() {
    RealNetwork.assume();
    int own = ProcessCalls.threadDescriptor(PeriodicThread.find());
    assumeTrue(own >= 0, "no descriptors of threads: Linux 6.9 and glibc 2.36 have them");
    Thread.ofPlatform().name(FIRST).start(this::awaitEnd);
    Await.until("the thread", LIMIT, () -> runs(FIRST));
    region.create();
    region.firstToEnd(PeriodicThread.find(FIRST));
    writeWill();
    Slot.word(region.memory(), Region.slot(0), Slot.openUntil(Long.MAX_VALUE >> 2));
  }

  @AfterEach
  void close() {
    end.countDown();
    Await.until("the watch to end", LIMIT, () -> !runs(WATCH));
    arena.close();
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean runs(String thread) {
    return PeriodicThread.find(thread) != PeriodicThread.NONE;
  }

  private void writeWill() {
    byte[] nobody =
        PreparedRequests.removeAddress(
            PreparedRequests.NO_INDEX, VirtualAddress.parse("192.0.2.1/32"));
    MemorySegment memory = region.memory();
    long place = region.firstExtent();
    long at = Will.ofRequests(nobody, new byte[0]).writeRequests(memory, place);
    Slot.extent(memory, Region.slot(0), Slot.extentOf(1, place, at - place));
    Slot.cell(memory, Region.slot(0), 0);
    region.slotsUsed(1);
  }

  private Watch start() {
    Watch watch = new Watch(region, new Hands(new Libc(arena), arena), arena, said::add);
    HaltWatch.start(region, watch, said::add);
    Await.until("the watch", LIMIT, () -> runs(WATCH));
    return watch;
  }

  private boolean isOpen() {
    return Slot.isOpen(Slot.word(region.memory(), Region.slot(0)));
  }

  @Test
  void whenTheFirstThreadEndsWhoIsOpenIsResignedFor() {
    start();
    assertThat(isOpen()).isTrue();
    end.countDown();
    Await.until("the resignation", LIMIT, () -> !isOpen());
    Await.until("the line", LIMIT, () -> !said.isEmpty());
    assertThat(said)
        .containsExactly("the process is ending without closing its nodes: resigned for 1 router");
  }

  @Test
  void nothingIsDoneForAProcessThatEndsInOrder() {
    start();
    region.close();
    end.countDown();
    Await.until("the watch to end", LIMIT, () -> !runs(WATCH));
    assertThat(isOpen()).isTrue();
    assertThat(said).isEmpty();
  }

  /** Who is killed loses that thread too, and is the business of the first watch. */
  @Test
  void nothingIsDoneForAProcessThatIsKilled() throws InterruptedException {
    RobustMutex mutex = region.mutex(arena);
    mutex.create();
    Thread.ofPlatform().start(mutex::lock).join();
    start().run();
    mutex.unlock(); // its memory is about to be freed
    end.countDown();
    Await.until("the watch to end", LIMIT, () -> !runs(WATCH));
    assertThat(isOpen()).isTrue();
    assertThat(said)
        .containsExactly("the process ended without closing its nodes: resigned for 0 routers");
  }
}
