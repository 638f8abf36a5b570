package io.havip;

/**
 * Something a router depends on, and what its failure costs. Weight 0: the failure is a FAULT. A
 * positive weight is added to the priority while it is well, a negative one while it has failed. A
 * {@link File} has a value instead, which is multiplied by the weight. The effective priority is
 * kept within 1 to 254; an owner's 255 never changes.
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

  /**
   * Depends on the number in a file. The value times the weight is added to the priority, at most
   * 253 of it; a product of -254 or less is a FAULT. With weight 0 any value but 0 is a FAULT.
   * Until the first reading the file adds nothing, and holds the router in FAULT if the weight is 0
   * or the router is the address owner.
   *
   * @param file the file
   * @param weight factor, -254 to 254
   * @param reverse whether the product changes its sign; with weight 0, whether 0 is the FAULT
   */
  record File(ValueFile file, int weight, boolean reverse) implements Track {

    /** Checks the range of the weight. */
    public File {
      requireWeight(weight, "file " + file.name());
    }

    /**
     * {@return the file's value added to the priority as it is}
     *
     * @param file the file
     */
    public static File of(ValueFile file) {
      return new File(file, 1, false);
    }

    @Override
    public String label() {
      return "file " + file.name();
    }
  }

  private static void requireWeight(int weight, String what) {
    if (weight < -254 || weight > 254) {
      throw new HavipConfigException(
          "the weight of " + what + " must be -254 to 254, not " + weight);
    }
  }
}
