package io.havip.core.vpc;

/** What came of a {@link VpcCommand}. */
public sealed interface VpcResult {

  /**
   * The command was carried out.
   *
   * @param state the state afterwards
   */
  record Accepted(VpcState state) implements VpcResult {}

  /**
   * A rule forbids the command. Nothing has changed.
   *
   * @param refusal the rule, and what to do
   */
  record Refused(VpcRefusal refusal) implements VpcResult {}

  /**
   * Returns the state afterwards, for those who do not expect a refusal.
   *
   * @return the state
   * @throws VpcRefusedException if the command was refused
   */
  default VpcState orElseThrow() {
    return switch (this) {
      case Accepted accepted -> accepted.state();
      case Refused refused -> throw new VpcRefusedException(refused.refusal());
    };
  }
}
