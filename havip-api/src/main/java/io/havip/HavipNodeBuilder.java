package io.havip;

import io.havip.spi.FenceOptions;
import io.havip.spi.Platform;
import io.havip.spi.PlatformProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Prepares and starts a {@link HavipNode}. Not thread-safe. */
public final class HavipNodeBuilder {

  private final HavipConfig config;
  private final List<HavipListener> listeners = new ArrayList<>();
  private @Nullable Platform platform;
  private @Nullable PlatformProvider provider;
  private FenceOptions fences = FenceOptions.BEST;
  private @Nullable Executor callbackExecutor;

  HavipNodeBuilder(HavipConfig config) {
    this.config = config;
  }

  /**
   * Adds a listener that hears everything from the start.
   *
   * @param listener called in order, one event at a time
   * @return this
   */
  public HavipNodeBuilder listener(HavipListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Runs the node on a platform that is already open. Closing the node leaves it open.
   *
   * @param value the platform
   * @return this
   */
  public HavipNodeBuilder platform(Platform value) {
    platform = value;
    return this;
  }

  /**
   * Opens the platform with this provider instead of looking for one. Closing the node closes it.
   *
   * @param value the provider
   * @return this
   */
  public HavipNodeBuilder provider(PlatformProvider value) {
    provider = value;
    return this;
  }

  /**
   * Chooses the fences that keep an address from outliving this process or its attention. By
   * default {@link FenceOptions#BEST}. Means nothing on a platform that is already open.
   *
   * @param value which fences
   * @return this
   */
  public HavipNodeBuilder fences(FenceOptions value) {
    fences = value;
    return this;
  }

  /**
   * Calls listeners on this executor. They are called one at a time even if it has many threads. By
   * default the platform's workers are used. Health checks and the callbacks of a takeover or a
   * handover always run on the platform's workers.
   *
   * @param value the application's executor; the application ends it, after the node is closed
   * @return this
   */
  public HavipNodeBuilder callbackExecutor(Executor value) {
    callbackExecutor = value;
    return this;
  }

  /**
   * Starts the node and returns when it listens, or waits out its start delay. That takes a moment,
   * since the node tries what a takeover will need; the addresses come later, after an election.
   * Each call starts another node.
   *
   * @return the running node
   * @throws HavipConfigException if the host contradicts the configuration, such as no interface of
   *     that name
   * @throws HavipPlatformException if no platform can be used or a privilege is missing; nothing is
   *     left behind
   */
  public HavipNode start() {
    return engine()
        .start(
            new HavipEngine.Request(
                config,
                listeners,
                Optional.ofNullable(platform),
                Optional.ofNullable(provider),
                fences,
                Optional.ofNullable(callbackExecutor)));
  }

  private static HavipEngine engine() {
    return ServiceLoader.load(HavipEngine.class, HavipEngine.class.getClassLoader())
        .findFirst()
        .orElseThrow(() ->
            new HavipPlatformException(
                "no HAVIP engine found: put havip-core on the module path or class path", null));
  }
}
