package io.havip.linux.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.RealNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LifecycleIT {

  private static Lab lab;
  private static LabHost host;

  @BeforeAll
  static void open() {
    RealNetwork.assume();
    lab = Lab.open();
    host = lab.addHost("a", "172.17.16.7");
  }

  @AfterAll
  static void close() {
    if (lab != null) {
      lab.close();
    }
  }

  /** What this process has open of the kinds a platform opens. */
  private static List<String> descriptors() {
    List<String> found = new ArrayList<>();
    try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
      for (Path link : links.toList()) {
        try {
          String target = Files.readSymbolicLink(link).toString();
          if (target.startsWith("socket:") || target.startsWith("anon_inode:")) {
            found.add(target);
          }
        } catch (IOException e) {
          // Closed since the listing, as the listing's own descriptor is.
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    found.sort(String::compareTo);
    return found;
  }

  @Test
  void closeLeavesNoAddressAndNoDescriptor() {
    List<String> before = descriptors();
    Member member = new Member(host);
    member.open(IpFamily.IPV4);
    member.open(IpFamily.IPV6);
    IpAddress address = IpAddress.parse("172.17.16.3");
    member.run(() -> {
      member.platform.addresses().reserve(address);
      member.platform.addresses().add(LabHost.INTERFACE, VirtualAddress.of(address));
      member.platform.addresses().add(LabHost.INTERFACE, VirtualAddress.parse("fd00::3/64"));
      for (String probed : new String[] {"172.17.16.4", "fd00::4"}) {
        member
            .platform
            .announcer()
            .probe(LabHost.INTERFACE, IpAddress.parse(probed), Long.MAX_VALUE, answer -> {});
      }
    });
    assertThat(host.addresses()).contains("172.17.16.3", "fd00::3");
    assertThat(descriptors()).hasSizeGreaterThanOrEqualTo(before.size() + 10);
    member.close();
    assertThat(host.addresses()).doesNotContain("172.17.16.3", "fd00::3");
    assertThat(descriptors()).isEqualTo(before);
  }

  @Test
  void closeIsIdempotentAndDropsLaterTasks() {
    Member member = new Member(host);
    AtomicBoolean ran = new AtomicBoolean();
    member.close();
    member.close();
    member.platform.execute(() -> ran.set(true));
    member.platform.workers().execute(() -> ran.set(true));
    assertThat(threads("havip-a")).isEmpty();
    assertThat(ran).isFalse();
  }

  @Test
  void tasksGivenBeforeCloseStillRun() {
    for (int i = 0; i < 20; i++) {
      Member member = new Member(host);
      AtomicBoolean ran = new AtomicBoolean();
      member.platform.execute(() -> ran.set(true));
      member.close();
      assertThat(ran).isTrue();
    }
  }

  @Test
  void loopMayCloseItsOwnPlatform() {
    Member member = new Member(host);
    member.run(
        () -> member.platform.addresses().add("eth0", VirtualAddress.parse("172.17.16.3/32")));
    member.platform.execute(member.platform::close);
    Await.until("the loop to end", Duration.ofSeconds(5), () -> threads("havip-a").isEmpty());
    assertThat(host.addresses()).doesNotContain("172.17.16.3");
  }

  @Test
  void closeGivesUpOnAStuckLoopAfterFiveSeconds() {
    Member member = new Member(host);
    CountDownLatch free = new CountDownLatch(1);
    member.platform.execute(() -> {
      try {
        if (!free.await(30, TimeUnit.SECONDS)) {
          throw new AssertionError("nobody came");
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    });
    long start = System.nanoTime();
    member.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(4900), Duration.ofSeconds(10));
    free.countDown();
    Await.until("the loop to end", Duration.ofSeconds(5), () -> threads("havip-a").isEmpty());
  }

  private static List<String> threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name::equals)
        .toList();
  }
}
