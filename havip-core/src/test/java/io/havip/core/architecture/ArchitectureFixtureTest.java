package io.havip.core.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rules can fail: each planted class is found by its rule, and no good one is. */
class ArchitectureFixtureTest {

  private static final String ROOT = "io.havip.core.architecture.fixture";
  private static final Architecture RULES = new Architecture(ROOT);
  private static final JavaClasses FIXTURE = new ClassFileImporter().importPackages(ROOT);

  /** The simple names of the classes a rule complains about. */
  private static Set<String> guilty(ArchRule rule) {
    Set<String> names = new TreeSet<>();
    rule.evaluate(FIXTURE)
        .handleViolations((Collection<Object> culprits, String message) ->
            culprits.forEach(c -> names.add(origin(c).getSimpleName())));
    return names;
  }

  private static JavaClass origin(Object culprit) {
    return culprit instanceof Dependency dependency
        ? dependency.getOriginClass()
        : (JavaClass) culprit;
  }

  private static Set<String> planted(String outer) {
    Set<String> names = new TreeSet<>();
    for (JavaClass type : FIXTURE) {
      if (type.getEnclosingClass()
          .map(JavaClass::getSimpleName)
          .filter(outer::equals)
          .isPresent()) {
        names.add(type.getSimpleName());
      }
    }
    return names;
  }

  @Test
  void a_package_that_uses_a_later_one_or_is_unknown_is_found() {
    assertThat(guilty(RULES.packagesUseOnlyWhatIsBelow()))
        .containsExactlyInAnyOrder(
            "KnowsTheSpi",
            "KnowsTheRoot",
            "KnowsTheNode",
            "KnowsTracking",
            "KnowsLinux",
            "Stranger");
  }

  @Test
  void every_impure_habit_is_found_and_no_pure_one() {
    Set<String> planted = planted("ImpureHabits");

    assertThat(planted).hasSizeGreaterThan(35);
    assertThat(guilty(RULES.purePackagesTouchNothing())).isEqualTo(planted);
  }

  /** They need a newer language level or a module that is not there, so names must do. */
  @Test
  void memory_and_internals_are_forbidden_by_name() {
    assertThat(Purity.isForbiddenType("java.lang.foreign.Arena")).isTrue();
    assertThat(Purity.isForbiddenType("java.lang.foreign.Linker$Option")).isTrue();
    assertThat(Purity.isForbiddenType("jdk.internal.misc.Unsafe")).isTrue();
    assertThat(Purity.isForbiddenType("sun.misc.Unsafe")).isTrue();
    assertThat(Purity.isForbiddenType("java.net.http.HttpClient")).isTrue();
    assertThat(Purity.isForbiddenType("java.util.random.RandomGenerator")).isTrue();
    assertThat(Purity.isForbiddenType("java.util.List")).isFalse();
    assertThat(Purity.isForbiddenType("java.lang.String")).isFalse();
    assertThat(Purity.isForbiddenType("java.time.Duration")).isFalse();
  }

  @Test
  void a_pure_package_that_uses_the_node_is_found() {
    assertThat(guilty(RULES.purePackagesNeverUseTheNode())).containsExactly("KnowsTheNode");
  }

  @Test
  void every_mutable_static_field_is_found_and_no_constant() {
    Set<String> planted = planted("StaticHabits");
    planted.remove("Registry");

    assertThat(planted).hasSizeGreaterThan(7);
    assertThat(guilty(RULES.noStaticStateChanges())).isEqualTo(planted);
  }

  @Test
  void a_core_that_uses_an_implementation_is_found() {
    assertThat(guilty(RULES.theCoreKnowsNoImplementation())).containsExactly("KnowsLinux");
  }

  /** The planted classes prove nothing about a rule that has none. */
  @Test
  void every_rule_has_a_planted_class() {
    assertThat(RULES.all()).allSatisfy(rule -> assertThat(guilty(rule)).isNotEmpty());
  }
}
