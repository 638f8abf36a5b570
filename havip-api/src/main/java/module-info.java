import org.jspecify.annotations.NullMarked;

/**
 * What an application writes, what a platform supplies, and the vocabulary both share.
 *
 * <p>The module depends on no other part of the library. Nothing in it starts a thread, opens a
 * socket or reads a clock.
 */
@NullMarked
module io.havip.api {
  requires static transitive org.jspecify;

  exports io.havip;
  exports io.havip.net;
  exports io.havip.spi;
  exports io.havip.spi.cloud;
  exports io.havip.vpc;
  exports io.havip.wire;

  uses io.havip.HavipEngine;
  uses io.havip.spi.PlatformProvider;
  uses io.havip.spi.cloud.CloudBindingProvider;
}
