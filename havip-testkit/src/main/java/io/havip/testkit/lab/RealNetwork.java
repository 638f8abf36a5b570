package io.havip.testkit.lab;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Decides at the start of a JUnit test whether it may use the real network. Needs JUnit Jupiter on
 * the class path; the rest of the package does not.
 *
 * <p>The system property {@code havip.realnet} says what to do where a lab cannot be built: {@code
 * auto} (the default) skips the test and prints the reason, {@code require} fails it, so that a
 * build that must run these tests cannot pass by skipping them. {@code off} skips without looking.
 */
public final class RealNetwork {

  /** The system property that chooses between {@code auto}, {@code require} and {@code off}. */
  public static final String PROPERTY = "havip.realnet";

  private RealNetwork() {}

  /**
   * Lets the test go on only if a lab can be opened and the named programs are installed.
   *
   * @param tools programs the test needs besides those of the lab itself, such as {@code tcpdump}
   * @throws org.opentest4j.TestAbortedException if the test is to be skipped
   * @throws AssertionError if something is missing and the property says {@code require}
   * @throws IllegalArgumentException if the property has another value
   */
  public static void assume(String... tools) {
    assume(System.getProperty(PROPERTY, "auto"), List.of(tools));
  }

  static void assume(String mode, List<String> tools) {
    switch (mode) {
      case "off" -> Assumptions.abort(PROPERTY + "=off");
      case "auto", "require" -> {
        List<String> missing = missing(tools);
        if (!missing.isEmpty()) {
          give(mode, "no real network here: " + String.join("; ", missing));
        }
      }
      default ->
          throw new IllegalArgumentException(
              PROPERTY + " must be auto, require or off, but is '" + mode + "'");
    }
  }

  private static void give(String mode, String reason) {
    if (mode.equals("require")) {
      throw new AssertionError(reason + " (and " + PROPERTY + "=require)");
    }
    System.err.println("skipped: " + reason);
    Assumptions.abort(reason);
  }

  private static List<String> missing(List<String> tools) {
    List<String> missing = new ArrayList<>();
    LabAvailability lab = LabAvailability.ofLab();
    if (!lab.available()) {
      missing.add(lab.reason());
    }
    for (String tool : tools) {
      LabAvailability there = LabAvailability.ofTool(tool);
      if (!there.available()) {
        missing.add(there.reason());
      }
    }
    return missing;
  }
}
