package io.havip.spi.cloud;

import io.havip.spi.Availability;
import io.havip.spi.PlatformException;

/**
 * Opens bindings by name and settings, found by {@link java.util.ServiceLoader}. A program that
 * knows its cloud may make the binding by its own constructor or builder instead.
 */
public interface CloudBindingProvider {

  /** {@return a short stable name, such as {@code tencent-havip}} */
  String name();

  /**
   * Tells whether {@link #open} can be expected to work in this process. Cheap, callable from any
   * thread, never throws, makes no request.
   *
   * @return whether, and if not, why
   */
  Availability availability();

  /**
   * Opens a binding. Makes no request: what the binding must ask the cloud, such as who this member
   * is, it asks within its calls.
   *
   * @param options the settings
   * @return the binding; the caller closes it
   * @throws PlatformException if a setting is missing, unknown or not understood; the message names
   *     it and what is allowed
   */
  CloudBinding open(CloudOptions options);
}
