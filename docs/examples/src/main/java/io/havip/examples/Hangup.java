package io.havip.examples;

import java.lang.reflect.Proxy;

/**
 * The signal SIGHUP. Java's own interface to signals is not part of its API, so that it is used
 * without being compiled against; where it is missing, the signal ends the process as it always
 * does.
 */
final class Hangup {

  private Hangup() {}

  /**
   * Runs something whenever the process receives SIGHUP.
   *
   * @return whether this JVM can do so
   */
  static boolean run(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Hangup.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
