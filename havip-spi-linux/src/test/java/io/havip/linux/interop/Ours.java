package io.havip.linux.interop;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HavipNode;
import io.havip.RouterSnapshot;
import io.havip.RouterState;
import io.havip.linux.internal.LinuxPlatform;
import io.havip.linux.internal.NetworkNamespace;
import io.havip.spi.FenceOptions;
import io.havip.spi.PlatformOptions;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Our member: in this JVM, or in a process that can be killed. */
sealed interface Ours extends AutoCloseable {

  Duration START = Duration.ofSeconds(20);

  /** Waits until the state it entered last is this one. */
  void await(RouterState state, Duration limit);

  /** Leaves in good order; returns the time just before. */
  long stop();

  @Override
  void close();

  /** Starts one in this JVM, on a loop in the host's namespace. */
  static InProcess inProcess(LabHost host, Spec spec) {
    LinuxPlatform platform =
        LinuxPlatform.open(
            new PlatformOptions(host.name(), FenceOptions.NONE),
            NetworkNamespace.threads(host.namespace()));
    List<HavipEvent> events = new CopyOnWriteArrayList<>();
    try {
      HavipNode node =
          HavipNode.builder(HavipConfig.of(spec.ours()))
              .platform(platform)
              .listener(events::add)
              .start();
      return new InProcess(host, spec, platform, node, events);
    } catch (RuntimeException e) {
      platform.close();
      throw e;
    }
  }

  /** Starts one in a process. */
  static OfProcess process(LabHost host, Spec spec) {
    return process(host, spec, List.of("-Xmx64m"));
  }

  /** Starts one in a process whose heap is as the options say. */
  static OfProcess process(LabHost host, Spec spec, List<String> heap) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
    options.addAll(heap);
    LabProcess process = host.startJava(options, MemberMain.class, spec.arguments());
    process.awaitLine(line -> line.startsWith("state "), START);
    return new OfProcess(process);
  }

  /** In this JVM. */
  record InProcess(
      LabHost host, Spec spec, LinuxPlatform platform, HavipNode node, List<HavipEvent> events)
      implements Ours {

    RouterSnapshot router() {
      return node.snapshot().routers().getFirst();
    }

    List<HavipEvent.StateChanged> changes() {
      List<HavipEvent.StateChanged> changes = new ArrayList<>();
      for (HavipEvent event : events) {
        if (event instanceof HavipEvent.StateChanged change) {
          changes.add(change);
        }
      }
      return changes;
    }

    @Override
    public void await(RouterState state, Duration limit) {
      Await.until(
          "our member on " + host.name() + " to be " + state,
          limit,
          this::router,
          router -> router.state() == state);
    }

    @Override
    public long stop() {
      long at = System.nanoTime();
      node.close();
      return at;
    }

    @Override
    public void close() {
      node.close();
      platform.close();
    }
  }

  /** In a process. */
  record OfProcess(LabProcess process) implements Ours {

    @Override
    public void await(RouterState state, Duration limit) {
      Await.until(
          "our member to be " + state,
          limit,
          () ->
              process.lines().stream()
                  .filter(line -> line.text().startsWith("state "))
                  .reduce((earlier, later) -> later)
                  .map(LabProcess.Line::text)
                  .orElse(""),
          text -> text.equals("state " + state));
    }

    /** Waits until a guardian is at work. */
    void awaitGuardian(long since) {
      process.awaitLine(line -> line.startsWith("fence OnExit"), since, START);
    }

    /** SIGKILL; returns the time just before. */
    long kill() {
      return process.kill();
    }

    @Override
    public long stop() {
      long at = process.signal(LabProcess.Signal.TERM);
      process.awaitExit(Duration.ofSeconds(10));
      return at;
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
