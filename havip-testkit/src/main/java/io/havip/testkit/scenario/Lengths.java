package io.havip.testkit.scenario;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as a scenario file has them: a number and a unit, exact to the nanosecond. */
final class Lengths {

  private static final Pattern FORM = Pattern.compile("(-?\\d{1,18}(?:\\.\\d{1,9})?)(ns|us|ms|s)");
  private static final BigDecimal MOST = BigDecimal.valueOf(Duration.ofDays(3650).toNanos());
  private static final Map<String, Long> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put("s", 1_000_000_000L);
    UNITS.put("ms", 1_000_000L);
    UNITS.put("us", 1_000L);
    UNITS.put("ns", 1L);
  }

  private Lengths() {}

  /** In the largest unit of which it is a whole number. */
  static String text(Duration length) {
    long nanos = length.toNanos();
    for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
      if (nanos % unit.getValue() == 0) {
        return nanos / unit.getValue() + unit.getKey();
      }
    }
    throw new AssertionError(length);
  }

  static Duration parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "a time is a number with its unit (ns, us, ms or s), such as 1.5s, not " + text);
    }
    BigDecimal nanos =
        new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(unit(form.group(2))));
    if (nanos.abs().compareTo(MOST) > 0) {
      throw new IllegalArgumentException("a time is at most ten years, not " + text);
    }
    try {
      return Duration.ofNanos(nanos.longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a time is a whole number of nanoseconds, not " + text, e);
    }
  }

  private static long unit(String name) {
    return UNITS.getOrDefault(name, 1L);
  }
}
