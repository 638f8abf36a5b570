package io.havip.core.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.OptionalInt;

/**
 * The packages from the ground up: each may use those above it in the list, and itself.
 *
 * @param root the package that stands for {@code io.havip}
 */
record PackageOrder(String root) {

  /** Relative to the root, which stands at the empty name; a name includes what is below it. */
  private static final List<String> FROM_THE_GROUND_UP =
      List.of(
          "net",
          "wire",
          "vpc",
          "spi",
          "spi.cloud",
          "",
          "core.election",
          "core.tracking",
          "core.vpc",
          "core.cloud",
          "core.check",
          "core.monitor",
          "core.observe",
          "core.timing",
          "core.keepalived",
          "core.lint",
          "core.node",
          "linux",
          "tencent",
          "testkit");

  private static final List<String> PURE =
      List.of(
          "net",
          "wire",
          "vpc",
          "core.election",
          "core.tracking",
          "core.vpc",
          "core.cloud",
          "core.check",
          "core.monitor",
          "core.timing",
          "core.lint");

  private static final List<String> OUTSIDE_THE_CORE = List.of("linux", "tencent", "testkit");

  boolean owns(JavaClass type) {
    return isIn(type.getPackageName(), root);
  }

  DescribedPredicate<JavaClass> pure() {
    return in("pure packages", PURE);
  }

  DescribedPredicate<JavaClass> node() {
    return in("core.node", List.of("core.node"));
  }

  DescribedPredicate<JavaClass> outsideTheCore() {
    return in("modules the core must not know", OUTSIDE_THE_CORE);
  }

  /** A package imports only packages above it in the list. */
  ArchCondition<JavaClass> useOnlyWhatIsBelow() {
    return new ArchCondition<>("use only packages that come before their own") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        OptionalInt own = rank(type);
        if (own.isEmpty()) {
          String message = type.getName() + " is in no package of the design";
          events.add(SimpleConditionEvent.violated(type, message));
          return;
        }
        for (Dependency each : type.getDirectDependenciesFromSelf()) {
          JavaClass target = each.getTargetClass().getBaseComponentType();
          if (owns(target) && rank(target).orElse(Integer.MAX_VALUE) > own.getAsInt()) {
            events.add(SimpleConditionEvent.violated(type, each.getDescription()));
          }
        }
      }
    };
  }

  private OptionalInt rank(JavaClass type) {
    String name = type.getPackageName();
    int best = -1;
    for (int i = 0; i < FROM_THE_GROUND_UP.size(); i++) {
      String each = FROM_THE_GROUND_UP.get(i);
      boolean matches = each.isEmpty() ? name.equals(root) : isIn(name, root + "." + each);
      if (matches && (best < 0 || each.length() > FROM_THE_GROUND_UP.get(best).length())) {
        best = i;
      }
    }
    return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
  }

  private DescribedPredicate<JavaClass> in(String description, List<String> packages) {
    return DescribedPredicate.describe(
        description,
        type -> packages.stream().anyMatch(p -> isIn(type.getPackageName(), root + "." + p)));
  }

  private static boolean isIn(String name, String parent) {
    return name.equals(parent) || name.startsWith(parent + ".");
  }
}
