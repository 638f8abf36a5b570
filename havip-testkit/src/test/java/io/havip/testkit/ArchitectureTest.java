package io.havip.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Packages form no cycle, and the simulator and failover tests work without jqwik and JUnit. */
class ArchitectureTest {

  private static final JavaClasses TESTKIT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/test/"))
          .importPackages("io.havip.testkit");

  @Test
  void packagesFormNoCycle() {
    slices().matching("io.havip.testkit.(*)..").should().beFreeOfCycles().check(TESTKIT);
  }

  @Test
  void onlyThePackageForJqwikNeedsJqwik() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.havip.testkit.jqwik")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.jqwik..")
        .check(TESTKIT);
    classes()
        .that()
        .resideInAPackage("io.havip.testkit.jqwik")
        .should()
        .onlyBeAccessed()
        .byClassesThat()
        .resideInAPackage("io.havip.testkit.jqwik")
        .check(TESTKIT);
  }

  @Test
  void scenariosSimulatorAndReportNeedNoJunit() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.havip.testkit.scenario",
            "io.havip.testkit.sim",
            "io.havip.testkit.report",
            "io.havip.testkit.explore")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.junit..")
        .check(TESTKIT);
  }
}
