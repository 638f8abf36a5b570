package io.havip.tencent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the Tencent module may use: the vocabulary, the SPI, JSON and HTTP. */
class ArchitectureTest {

  private static final ArchRule ONLY_THE_SPI =
      classes()
          .that()
          .resideInAPackage("io.havip..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.havip.tencent..",
              "io.havip.net..",
              "io.havip.wire..",
              "io.havip.vpc..",
              "io.havip.spi..",
              "com.fasterxml.jackson..",
              "java..",
              "javax.crypto..",
              "javax.net.ssl..",
              "org.jspecify..");

  private static final ArchRule THE_SIGNATURE_IS_PURE =
      noClasses()
          .that()
          .resideInAPackage("io.havip.tencent.signature..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.net..", "java.io..", "java.util.concurrent..", "io.havip.spi..");

  private static final ArchRule NO_CYCLES =
      slices().matching("io.havip.tencent.(*)..").should().beFreeOfCycles();

  @Test
  void an_spi_module_uses_net_wire_vpc_and_spi_alone() throws URISyntaxException {
    ONLY_THE_SPI.check(mainClasses());
  }

  @Test
  void the_signature_is_pure_and_packages_form_no_cycle() throws URISyntaxException {
    THE_SIGNATURE_IS_PURE.check(mainClasses());
    NO_CYCLES.check(mainClasses());
  }

  /** The rule can fail: this test class depends on more than is allowed. */
  @Test
  void the_rule_refuses_what_it_should() {
    JavaClasses thisTest = new ClassFileImporter().importClasses(ArchitectureTest.class);
    assertThatThrownBy(() -> ONLY_THE_SPI.check(thisTest))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("com.tngtech.archunit");
  }

  private static JavaClasses mainClasses() throws URISyntaxException {
    URI place =
        TencentHavipBinding.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    JavaClasses classes = new ClassFileImporter().importPath(Path.of(place));
    assertThat(classes.contain(TencentHavipBinding.class)).isTrue();
    assertThat(classes.size()).isGreaterThan(20);
    return classes;
  }
}
