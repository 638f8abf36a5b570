package io.havip;

import io.havip.spi.FenceOptions;
import io.havip.spi.Platform;
import io.havip.spi.PlatformProvider;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The hook by which the core is found ({@link java.util.ServiceLoader}). Applications use {@link
 * HavipNode#builder}.
 */
public interface HavipEngine {

  /**
   * Starts a node.
   *
   * @param request what to run, and on what
   * @return the running node
   * @throws HavipException if it cannot be started; nothing is left behind
   */
  HavipNode start(Request request);

  /**
   * What {@link HavipNodeBuilder} gathered.
   *
   * @param config what to run
   * @param listeners who hears of it
   * @param platform an open platform that the caller keeps
   * @param provider opens the platform if none is given
   * @param fences which fences a platform that is opened for the node shall have
   * @param callbackExecutor runs the listeners
   */
  record Request(
      HavipConfig config,
      List<HavipListener> listeners,
      Optional<Platform> platform,
      Optional<PlatformProvider> provider,
      FenceOptions fences,
      Optional<Executor> callbackExecutor) {

    /** Copies the list. */
    public Request {
      listeners = List.copyOf(listeners);
    }
  }
}
