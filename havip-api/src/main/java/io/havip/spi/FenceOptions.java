package io.havip.spi;

/**
 * Which fences a node wants of its platform. What they do is said at {@link Fence}; what is in
 * force is in the snapshot of each router.
 *
 * @param exit a fence for the death of the process
 * @param stall a fence for a process that does not run
 * @param guardian a second process that gives the addresses up and resigns in the place of this one
 */
public record FenceOptions(Use exit, Use stall, Use guardian) {

  /** The strongest fences that the host allows. */
  public static final FenceOptions BEST = new FenceOptions(Use.AUTO, Use.AUTO, Use.AUTO);

  /** No fence: after a crash the addresses stay on the host, as those of Keepalived do. */
  public static final FenceOptions NONE = new FenceOptions(Use.OFF, Use.OFF, Use.OFF);

  /** Whether to use a fence. */
  public enum Use {
    /** If the host allows it; one warning says why not. */
    AUTO,
    /**
     * The platform does not open without it, and no router starts, nor takes a change, for which it
     * cannot act.
     */
    REQUIRED,
    /** Never. */
    OFF
  }
}
