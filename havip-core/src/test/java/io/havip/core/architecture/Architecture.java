package io.havip.core.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URI;
import java.net.URL;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The rules of the design about who may use what. */
final class Architecture {

  private final PackageOrder order;

  /**
   * The rules.
   *
   * @param root the package that stands for {@code io.havip}
   */
  Architecture(String root) {
    order = new PackageOrder(root);
  }

  ArchRule packagesUseOnlyWhatIsBelow() {
    return classes().that(alwaysTrue()).should(order.useOnlyWhatIsBelow());
  }

  ArchRule purePackagesTouchNothing() {
    return classes().that(order.pure()).should(Purity.notTouchTheWorld());
  }

  ArchRule purePackagesNeverUseTheNode() {
    return noClasses().that(order.pure()).should().dependOnClassesThat(order.node());
  }

  ArchRule noStaticStateChanges() {
    return classes().should(StaticState.keepNoMutableStaticField());
  }

  ArchRule theCoreKnowsNoImplementation() {
    return noClasses()
        .that(order.outsideTheCore().negate())
        .should()
        .dependOnClassesThat(order.outsideTheCore());
  }

  List<ArchRule> all() {
    return List.of(
        packagesUseOnlyWhatIsBelow(),
        purePackagesTouchNothing(),
        purePackagesNeverUseTheNode(),
        noStaticStateChanges(),
        theCoreKnowsNoImplementation());
  }

  /**
   * Imports the folders or jars that hold the given classes, and nothing else: so main code is told
   * from test code, in whatever way it is built.
   *
   * @param anchors one class of each; all must be found
   */
  static JavaClasses importWhatHolds(List<Class<?>> anchors) {
    Set<Location> locations = new LinkedHashSet<>();
    for (Class<?> anchor : anchors) {
      URL location = anchor.getProtectionDomain().getCodeSource().getLocation();
      locations.add(Location.of(jarOrFolder(location)));
    }
    JavaClasses imported = new ClassFileImporter().importLocations(locations);
    requireAll(imported, anchors);
    return imported;
  }

  /** A rule about no classes would hold: so none may be missing. */
  static void requireAll(JavaClasses imported, List<Class<?>> anchors) {
    for (Class<?> anchor : anchors) {
      if (!imported.contain(anchor)) {
        throw new AssertionError(anchor.getName() + " was not imported, so nothing is proved");
      }
    }
  }

  static Set<String> packagesOf(JavaClasses imported) {
    Set<String> packages = new LinkedHashSet<>();
    for (JavaClass type : imported) {
      packages.add(type.getPackageName());
    }
    return packages;
  }

  private static URI jarOrFolder(URL location) {
    String text = location.toString();
    return URI.create(text.endsWith(".jar") ? "jar:" + text + "!/" : text);
  }
}
