package io.havip.vpc;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Who may take a HAVIP: an allow list of instances or of interfaces, never of both. Whether there
 * is one is decided when the HAVIP is allocated and cannot be changed; its members can.
 */
public sealed interface DriftRange {

  /**
   * How many members there are.
   *
   * @return 0 for {@link Open} and {@link Empty}
   */
  int size();

  /** No list: every attached interface of the subnet may take the HAVIP. */
  record Open() implements DriftRange {
    @Override
    public int size() {
      return 0;
    }

    @Override
    public String toString() {
      return "any interface of the subnet";
    }
  }

  /** A list without members: nobody may take the HAVIP until some are added. */
  record Empty() implements DriftRange {
    @Override
    public int size() {
      return 0;
    }

    @Override
    public String toString() {
      return "nobody";
    }
  }

  /**
   * Any attached interface of one of these instances, the primary one included.
   *
   * @param members at least one
   */
  record Instances(Set<InstanceId> members) implements DriftRange {

    /**
     * Copies the members.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Instances {
      members = Checks.copy(members);
      requireSome(members);
    }

    @Override
    public int size() {
      return members.size();
    }

    @Override
    public String toString() {
      return "instances " + members;
    }
  }

  /**
   * One of these interfaces.
   *
   * @param members at least one; none of them the primary interface of its instance
   */
  record Interfaces(Set<InterfaceId> members) implements DriftRange {

    /**
     * Copies the members.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Interfaces {
      members = Checks.copy(members);
      requireSome(members);
    }

    @Override
    public int size() {
      return members.size();
    }

    @Override
    public String toString() {
      return "interfaces " + members;
    }
  }

  /**
   * A list of instances.
   *
   * @param members at least one
   * @return the range
   */
  static DriftRange of(InstanceId... members) {
    return new Instances(Checks.copy(List.of(members)));
  }

  /**
   * A list of interfaces.
   *
   * @param members at least one
   * @return the range
   */
  static DriftRange of(InterfaceId... members) {
    return new Interfaces(Checks.copy(List.of(members)));
  }

  private static void requireSome(Collection<?> members) {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("a list without members is written DriftRange.Empty");
    }
  }
}
