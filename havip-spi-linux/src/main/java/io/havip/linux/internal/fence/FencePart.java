package io.havip.linux.internal.fence;

import io.havip.spi.Fencing;

/**
 * One kind of fence, such as one in the kernel or a second process. {@link LinuxFencing} combines
 * what the host allows: a router under guard has a guard of each part, and each says by {@link
 * io.havip.spi.Guard#fence} what it alone does for that router. Belongs to the loop.
 *
 * <p>The guards of a part do not throw: a fence that fails must not keep a router from its work.
 */
public interface FencePart extends Fencing, AutoCloseable {

  /** A few words for the description of the platform, such as {@code nftables gate}. */
  String description();

  /** Ends it after its guards have been closed. */
  @Override
  void close();
}
