package io.havip.testkit.junit;

import io.havip.testkit.scenario.Failover;
import java.lang.reflect.Method;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test methods with a parameter of type {@link Failover} the one that the class has set up,
 * with the test's name for its report. To be registered by {@code @RegisterExtension}.
 *
 * <p>A failure writes its report and its scenario to the folder {@code havip.reports}, a
 * configuration parameter of JUnit, by default {@code target/havip}. Its message names both, the
 * command that does it again, and a test method to paste into the class.
 */
public final class FailoverExtension implements ParameterResolver {

  /** The configuration parameter that names the folder for reports. */
  public static final String REPORTS = "havip.reports";

  private final Failover<?> failover;

  private FailoverExtension(Failover<?> failover) {
    this.failover = failover;
  }

  /**
   * An extension that gives tests this failover.
   *
   * @param failover as the tests of the class want it
   * @return the extension
   */
  public static FailoverExtension of(Failover<?> failover) {
    return new FailoverExtension(failover);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Failover.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    String type = context.getRequiredTestClass().getSimpleName();
    String method = context.getTestMethod().map(Method::getName).orElse("");
    Path folder =
        context.getConfigurationParameter(REPORTS).map(Path::of).orElse(Path.of("target", "havip"));
    return failover.reporting(
        type + "." + method, "mvn test -Dtest=" + type + "#" + method, folder);
  }
}
