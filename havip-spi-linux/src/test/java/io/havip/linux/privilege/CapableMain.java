package io.havip.linux.privilege;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HavipNode;
import io.havip.VirtualRouterConfig;
import io.havip.net.VirtualAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A member that says first what it may do, then each state it enters and each failure. */
final class CapableMain {

  private CapableMain() {}

  /** Arguments: priority, address. */
  public static void main(String... args) throws IOException, InterruptedException {
    Files.readString(Path.of("/proc/self/status"))
        .lines()
        .filter(line -> line.startsWith("Uid:") || line.startsWith("Cap"))
        .map(line -> line.replaceAll("\\s+", " "))
        .forEach(System.out::println);
    HavipNode node =
        HavipNode.builder(
                HavipConfig.of(
                    VirtualRouterConfig.builder("web")
                        .interfaceName("eth0")
                        .vrid(51)
                        .priority(Integer.parseInt(args[0]))
                        .advertInterval(Duration.ofMillis(200))
                        .address(VirtualAddress.parse(args[1]))
                        .build()))
            .listener(CapableMain::print)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(node::close));
    new CountDownLatch(1).await();
  }

  private static void print(HavipEvent event) {
    switch (event) {
      case HavipEvent.StateChanged change -> System.out.println("state " + change.to());
      case HavipEvent.OperationFailed failed -> System.out.println("failed " + failed.describe());
      default -> {}
    }
  }
}
