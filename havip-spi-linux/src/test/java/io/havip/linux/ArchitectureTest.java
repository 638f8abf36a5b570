package io.havip.linux;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What the Linux module may use: an SPI module knows the vocabulary and the SPI, and nothing else
 * of the library.
 */
class ArchitectureTest {

  private static final ArchRule ONLY_THE_SPI =
      classes()
          .that()
          .resideInAPackage("io.havip..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.havip.linux..",
              "io.havip.net..",
              "io.havip.wire..",
              "io.havip.vpc..",
              "io.havip.spi..",
              "java..",
              "org.jspecify..");

  private static final ArchRule NATIVE_CODE_IN_ONE_ROOM =
      noClasses()
          .that()
          .resideInAPackage("io.havip.linux")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.foreign..");

  @Test
  void an_spi_module_uses_net_wire_vpc_and_spi_alone() throws URISyntaxException {
    ONLY_THE_SPI.check(mainClasses());
  }

  @Test
  void the_provider_itself_touches_no_native_code() throws URISyntaxException {
    NATIVE_CODE_IN_ONE_ROOM.check(mainClasses());
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
        LinuxPlatformProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    JavaClasses classes = new ClassFileImporter().importPath(Path.of(place));
    assertThat(classes.contain(LinuxPlatformProvider.class)).isTrue();
    assertThat(classes.size()).isGreaterThan(20);
    return classes;
  }
}
