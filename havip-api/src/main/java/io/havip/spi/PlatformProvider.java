package io.havip.spi;

/**
 * Opens platforms. Found by an explicit builder argument first and by {@link
 * java.util.ServiceLoader} second.
 *
 * <p>A provider's class initialiser and constructor must not touch native code: a class that cannot
 * be instantiated hides its own reason from the user (O7).
 */
public interface PlatformProvider {

  /** {@return a short stable name for messages, such as {@code linux} (O1)} */
  String name();

  /**
   * Tells whether {@link #open} can be expected to work in this process. Cheap, without side
   * effects, callable from any thread (O2). Never throws: what is missing is the {@linkplain
   * Availability.Unavailable#reason() reason} (O3).
   *
   * @return whether, and if not, why
   */
  Availability availability();

  /**
   * Opens a platform with a loop of its own (O5), whose thread, if it has one, is named after the
   * node (O6).
   *
   * @param options what the node asks of the platform
   * @return a running platform; the caller closes it
   * @throws PlatformException if a privilege or facility is missing; the message says which and
   *     what to do (O4)
   */
  Platform open(PlatformOptions options);
}
