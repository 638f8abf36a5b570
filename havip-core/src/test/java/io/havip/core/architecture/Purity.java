package io.havip.core.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What pure code does not touch: clocks, threads, chance, files, sockets, memory, logs. */
final class Purity {

  private Purity() {}

  /** Prefixes of type names, except those of {@link #HARMLESS}. */
  private static final List<String> FORBIDDEN_TYPES =
      List.of(
          "java.time.Clock",
          "java.time.InstantSource",
          "java.lang.Thread",
          "java.lang.Runtime",
          "java.lang.Process",
          "java.lang.ScopedValue",
          "java.lang.foreign.",
          "java.lang.reflect.",
          "java.util.Timer",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.random.",
          "java.util.concurrent.",
          "java.util.logging.",
          "java.security.SecureRandom",
          "java.io.",
          "java.nio.channels.",
          "java.nio.file.",
          "java.net.",
          "javax.net.",
          "jdk.",
          "sun.",
          "org.slf4j.");

  private static final Set<String> HARMLESS =
      Set.of(
          "java.lang.Runtime$Version",
          "java.util.RandomAccess",
          "java.util.concurrent.TimeUnit",
          "java.io.Serializable",
          "java.net.InetAddress",
          "java.net.Inet4Address",
          "java.net.Inet6Address",
          "java.net.UnknownHostException");

  /** Members of types that are otherwise harmless. */
  private static final Map<String, Set<String>> FORBIDDEN_MEMBERS =
      Map.of(
          "java.util.UUID", Set.of("randomUUID"),
          "java.lang.Math", Set.of("random"),
          "java.lang.StrictMath", Set.of("random"),
          "java.util.Collections", Set.of("shuffle"),
          "java.lang.Object", Set.of("wait", "notify", "notifyAll"),
          "java.util.Collection", Set.of("parallelStream"),
          "java.util.List", Set.of("parallelStream"),
          "java.util.stream.Stream", Set.of("parallel"),
          "java.net.InetAddress",
              Set.of(
                  "getByName",
                  "getAllByName",
                  "getLocalHost",
                  "getHostName",
                  "getCanonicalHostName",
                  "isReachable"));

  static ArchCondition<JavaClass> notTouchTheWorld() {
    return new ArchCondition<>("touch no clock, thread, chance, socket, file, memory or log") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (Dependency each : type.getDirectDependenciesFromSelf()) {
          if (isForbiddenType(each.getTargetClass().getBaseComponentType().getName())) {
            events.add(SimpleConditionEvent.violated(type, each.getDescription()));
          }
        }
        for (JavaAccess<?> each : type.getAccessesFromSelf()) {
          if (isForbiddenMember(each.getTargetOwner().getName(), each.getName())) {
            events.add(SimpleConditionEvent.violated(type, each.getDescription()));
          }
        }
      }
    };
  }

  static boolean isForbiddenType(String name) {
    return !HARMLESS.contains(name) && FORBIDDEN_TYPES.stream().anyMatch(name::startsWith);
  }

  static boolean isForbiddenMember(String owner, String member) {
    if (owner.equals("java.lang.System")) {
      return !member.equals("arraycopy");
    }
    boolean readsTheClock = owner.startsWith("java.time.") && member.equals("now");
    return readsTheClock || FORBIDDEN_MEMBERS.getOrDefault(owner, Set.of()).contains(member);
  }
}
