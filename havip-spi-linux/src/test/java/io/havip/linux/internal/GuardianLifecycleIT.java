package io.havip.linux.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.VirtualAddress;
import io.havip.spi.Fence;
import io.havip.spi.FenceOptions;
import io.havip.spi.FenceOptions.Use;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;
import io.havip.spi.PlatformOptions;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.RealNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One guardian for all platforms of this process and a namespace, as long as there are any. */
class GuardianLifecycleIT {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final FenceOptions GUARDIAN = new FenceOptions(Use.OFF, Use.OFF, Use.REQUIRED);

  private static Lab lab;
  private static LabHost one;
  private static LabHost two;

  private final List<LinuxPlatform> open = new ArrayList<>();

  @BeforeAll
  static void open() {
    RealNetwork.assume();
    lab = Lab.open();
    one = lab.addHost("one", "172.17.16.7");
    two = lab.addHost("two", "172.17.16.8");
  }

  @AfterAll
  static void close() {
    if (lab != null) {
      lab.close();
    }
  }

  @AfterEach
  void closeAll() {
    open.forEach(LinuxPlatform::close);
  }

  private LinuxPlatform platform(LabHost host) {
    LinuxPlatform platform =
        LinuxPlatform.open(
            new PlatformOptions("guarded", GUARDIAN), NetworkNamespace.threads(host.namespace()));
    open.add(platform);
    return platform;
  }

  private static List<ProcessHandle> guardians() {
    return ProcessHandle.current()
        .children()
        .filter(child ->
            child.info().arguments().stream()
                .flatMap(Stream::of)
                .anyMatch(argument -> argument.endsWith("GuardianMain")))
        .toList();
  }

  private static boolean holdsSharedMemory() {
    try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
      return links.anyMatch(link -> {
        try {
          return Files.readSymbolicLink(link).toString().contains("havip-guardian");
        } catch (IOException e) {
          return false; // closed since the listing
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("havip-guardian"));
  }

  @Test
  void itIsSharedWithinANamespaceAndEndsWithTheLastUser() {
    LinuxPlatform first = platform(one);
    List<ProcessHandle> guardian = guardians();
    assertThat(guardian).hasSize(1);
    LinuxPlatform second = platform(one);
    assertThat(guardians()).isEqualTo(guardian);
    LinuxPlatform elsewhere = platform(two);
    assertThat(guardians()).hasSize(2);
    first.close();
    elsewhere.close();
    Await.until("one guardian to end", LIMIT, () -> guardians().equals(guardian));
    second.close();
    Await.until(
        "nothing to be left",
        LIMIT,
        () -> guardians().isEmpty() && !holdsSharedMemory() && !hasThreads());
  }

  @Test
  void whereItIsRequiredItGuardsFromTheStart() {
    LinuxPlatform platform = platform(one);
    assertThat(platform.description()).contains("guardian process");
    GuardedRouter router =
        new GuardedRouter(
            "VI",
            LabHost.INTERFACE,
            List.of(VirtualAddress.parse("172.17.16.3/32")),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            List.of());
    CompletableFuture<Guard> guard = new CompletableFuture<>();
    platform.execute(() -> guard.complete(platform.fencing().guard(router, () -> {})));
    Await.until(
        "the guard to be in force",
        LIMIT,
        () -> fence(platform, guard.join()),
        fence -> fence instanceof Fence.OnExitAndStall);
  }

  private static Fence fence(LinuxPlatform platform, Guard guard) {
    CompletableFuture<Fence> fence = new CompletableFuture<>();
    platform.execute(() -> fence.complete(guard.fence()));
    return fence.join();
  }
}
