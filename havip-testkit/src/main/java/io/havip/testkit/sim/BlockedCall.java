package io.havip.testkit.sim;

import java.util.List;
import java.util.Optional;

/**
 * A call that does not return, as its stack shows it.
 *
 * @param kind what kind of call it is; empty if the node did not make it
 * @param code the innermost line that is neither of the JDK nor of the node
 */
record BlockedCall(Optional<String> kind, String code) {

  private static final String NODE = "io.havip.core.node.";

  /** Code between the node and what it calls. */
  private static final List<String> BETWEEN =
      List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "io.havip.testkit.sim.");

  static BlockedCall in(List<StackTraceElement> stack) {
    int caller = 0;
    while (caller < stack.size() && !stack.get(caller).getClassName().startsWith(NODE)) {
      caller++;
    }
    List<StackTraceElement> called =
        stack.subList(0, caller).stream().filter(BlockedCall::outside).toList();
    if (caller == stack.size()) {
      return new BlockedCall(Optional.empty(), line(called.isEmpty() ? stack : called));
    }
    StackTraceElement by = stack.get(caller);
    if (called.isEmpty()) {
      return new BlockedCall(Optional.empty(), by.toString());
    }
    return new BlockedCall(Optional.of(kind(by)), line(called));
  }

  private static String line(List<StackTraceElement> frames) {
    return frames.isEmpty() ? "an unknown place" : frames.getFirst().toString();
  }

  private static boolean outside(StackTraceElement frame) {
    return BETWEEN.stream().noneMatch(frame.getClassName()::startsWith);
  }

  /** The node calls each kind of code from one place; all other calls from it are of a platform. */
  private static String kind(StackTraceElement by) {
    String type = by.getClassName().substring(NODE.length());
    String method = by.getMethodName();
    boolean application = type.equals("ApplicationCalls");
    if (type.equals("CheckRunner") && method.equals("run")) {
      return "a health check";
    } else if (type.equals("Events") && method.equals("deliver")) {
      return "a listener";
    } else if (application && method.contains("prepare")) {
      return "the callback before serving";
    } else if (application && method.contains("demote")) {
      return "the callback before leaving";
    } else if (application && method.contains("lost")) {
      return "the callback after a loss";
    } else if (type.equals("CloudRun")) {
      return "a call of the cloud binding";
    }
    return "a call of the platform (" + type + '.' + method + ')';
  }
}
