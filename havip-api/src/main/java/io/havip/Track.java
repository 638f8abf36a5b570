package io.havip;

/**
 * Something a router depends on, and what its failure costs. Weight 0: the failure is a FAULT. A
 * positive weight is added to the priority while it is well, a negative one while it has failed.
 */
public sealed interface Track {

  /** {@return the contribution to the priority, -254 to 254} */
  int weight();

  /** {@return whether well and failed change places} */
  boolean reverse();

  /** {@return the name of the dependency in events: {@code check db}, {@code interface eth1}} */
  String label();

  /**
   * Depends on a health check.
   *
   * @param check the check
   * @param weight contribution, -254 to 254
   * @param reverse whether fit and unfit change places
   */
  record Check(HealthCheckConfig check, int weight, boolean reverse) implements Track {

    /** Checks the range of the weight. */
    public Check {
      requireWeight(weight, "check " + check.name());
    }

    @Override
    public String label() {
      return "check " + check.name();
    }
  }

  /**
   * Depends on an interface being up.
   *
   * @param interfaceName the interface
   * @param weight contribution, -254 to 254
   * @param reverse whether up and down change places
   */
  record Interface(String interfaceName, int weight, boolean reverse) implements Track {

    /** Checks the range of the weight. */
    public Interface {
      requireWeight(weight, "interface " + interfaceName);
    }

    @Override
    public String label() {
      return "interface " + interfaceName;
    }
  }

  private static void requireWeight(int weight, String what) {
    if (weight < -254 || weight > 254) {
      throw new HavipConfigException(
          "the weight of " + what + " must be -254 to 254, not " + weight);
    }
  }
}
