package io.havip.spi;

import io.havip.net.VirtualAddress;
import java.util.Optional;

/** Knows the interfaces of the host and reports their changes. */
public interface LinkMonitor {

  /**
   * The interface as it is now.
   *
   * @param interfaceName the name to look up
   * @return empty if there is no interface of that name
   */
  Optional<Link> find(String interfaceName);

  /**
   * Reports every later change of one interface, until closed. An interface that is gone and comes
   * back under the same name is reported under the same watch.
   *
   * @param interfaceName need not exist yet
   * @param listener called on the loop
   * @return the running watch
   */
  Watch watch(String interfaceName, LinkListener listener);

  /** A running watch. */
  interface Watch extends AutoCloseable {

    /** Ends the watch; the listener is not called afterwards. Idempotent. */
    @Override
    void close();
  }

  /** Hears of the changes of one interface. */
  interface LinkListener {

    /**
     * Something about the interface changed: state, MAC address, index, or its addresses.
     *
     * @param link the interface as it is now
     */
    void changed(Link link);

    /** The interface no longer exists under its name. */
    void gone();

    /**
     * An address that {@link AddressBinder} had put on the interface was removed by someone else.
     * Reported after the {@link #changed} that shows it missing.
     *
     * @param address as it was added
     */
    void addressLost(VirtualAddress address);
  }
}
