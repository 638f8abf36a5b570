package io.havip.linux.interop;

import io.havip.HavipEvent;
import io.havip.HavipNode;
import io.havip.NodeSnapshot;
import io.havip.RouterSnapshot;
import io.havip.RouterState;
import io.havip.core.keepalived.KeepalivedReader;
import io.havip.core.keepalived.ReadOptions;
import io.havip.core.keepalived.ReadResult;
import io.havip.linux.internal.LinuxPlatform;
import io.havip.linux.internal.NetworkNamespace;
import io.havip.spi.FenceOptions;
import io.havip.spi.PlatformOptions;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.LabHost;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Our member in this JVM, started with the file that a Keepalived would be started with. */
record FileMember(LabHost host, LinuxPlatform platform, HavipNode node, List<HavipEvent> events)
    implements AutoCloseable {

  static FileMember start(LabHost host, KeepalivedConfig config) {
    ReadResult read =
        KeepalivedReader.read(config.render(), "keepalived.conf", ReadOptions.DEFAULT);
    LinuxPlatform platform =
        LinuxPlatform.open(
            new PlatformOptions(host.name(), FenceOptions.NONE),
            NetworkNamespace.threads(host.namespace()));
    List<HavipEvent> events = new CopyOnWriteArrayList<>();
    try {
      HavipNode node =
          HavipNode.builder(read.orElseThrow()).platform(platform).listener(events::add).start();
      return new FileMember(host, platform, node, events);
    } catch (RuntimeException e) {
      platform.close();
      throw e;
    }
  }

  /** Waits until all of its routers are in that state. */
  void await(RouterState state, Duration limit) {
    Await.until(
        "every router of " + host.name() + " to be " + state,
        limit,
        node::snapshot,
        snapshot -> allAre(snapshot, state));
  }

  private static boolean allAre(NodeSnapshot snapshot, RouterState state) {
    return snapshot.routers().stream().map(RouterSnapshot::state).allMatch(state::equals);
  }

  @Override
  public void close() {
    node.close();
    platform.close();
  }
}
