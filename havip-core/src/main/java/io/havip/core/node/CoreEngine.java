package io.havip.core.node;

import io.havip.HavipEngine;
import io.havip.HavipNode;
import io.havip.HavipPlatformException;
import io.havip.spi.Platform;
import io.havip.spi.PlatformException;
import io.havip.spi.PlatformOptions;
import io.havip.spi.PlatformProvider;

/** Finds a platform and starts a node on it. */
public final class CoreEngine implements HavipEngine {

  /** For {@link java.util.ServiceLoader}. */
  public CoreEngine() {}

  @Override
  public HavipNode start(Request request) {
    if (request.platform().isPresent()) {
      return new Node(request, request.platform().get(), false).start();
    }
    PlatformProvider provider = request.provider().orElseGet(PlatformChoice::choose);
    Platform platform;
    try {
      platform = provider.open(new PlatformOptions(request.config().name(), request.fences()));
    } catch (PlatformException e) {
      throw new HavipPlatformException(e.getMessage(), e);
    }
    return new Node(request, platform, true).start();
  }
}
