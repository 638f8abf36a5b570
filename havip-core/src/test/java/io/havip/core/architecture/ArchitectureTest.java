package io.havip.core.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.havip.VirtualRouterConfig;
import io.havip.core.election.Election;
import io.havip.core.tracking.Fitness;
import io.havip.net.IpAddress;
import io.havip.spi.Platform;
import io.havip.wire.VrrpAdvert;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The main code of the API and of the core keeps the rules of the design. */
class ArchitectureTest {

  private static final String ROOT = "io.havip";

  /** One class of each package that is there for sure. */
  private static final List<Class<?>> ANCHORS =
      List.of(
          IpAddress.class,
          VrrpAdvert.class,
          Platform.class,
          VirtualRouterConfig.class,
          Election.class,
          Fitness.class);

  private static final Architecture RULES = new Architecture(ROOT);

  private static JavaClasses main;

  @BeforeAll
  static void importMainCode() {
    main = Architecture.importWhatHolds(ANCHORS);
  }

  @Test
  void a_package_imports_only_packages_above_it_in_the_list() {
    RULES.packagesUseOnlyWhatIsBelow().check(main);
  }

  @Test
  void pure_packages_touch_no_clock_thread_chance_socket_file_memory_or_log() {
    RULES.purePackagesTouchNothing().check(main);
  }

  @Test
  void pure_packages_never_use_the_node() {
    RULES.purePackagesNeverUseTheNode().check(main);
  }

  @Test
  void no_static_field_is_mutable() {
    RULES.noStaticStateChanges().check(main);
  }

  @Test
  void the_core_never_depends_on_an_implementation_of_the_spi_or_on_the_testkit() {
    RULES.theCoreKnowsNoImplementation().check(main);
  }

  @Test
  void main_code_only_was_imported_and_all_of_it() {
    assertThat(main.size()).isGreaterThan(100);
    assertThat(main.contain(ArchitectureTest.class)).isFalse();
    assertThat(Architecture.packagesOf(main))
        .contains(
            "io.havip",
            "io.havip.net",
            "io.havip.spi",
            "io.havip.wire",
            "io.havip.core.election",
            "io.havip.core.lint",
            "io.havip.core.node",
            "io.havip.core.tracking");
  }

  @Test
  void nothing_imported_is_a_failure() {
    JavaClasses nothing = new ClassFileImporter().importPackages("io.havip.nowhere");

    assertThat(nothing).isEmpty();
    assertThatThrownBy(() -> Architecture.requireAll(nothing, ANCHORS))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("nothing is proved");
    for (ArchRule rule : RULES.all()) {
      assertThatThrownBy(() -> rule.check(nothing)).isInstanceOf(AssertionError.class);
    }
  }
}
