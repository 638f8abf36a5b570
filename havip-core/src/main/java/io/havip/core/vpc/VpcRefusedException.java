package io.havip.core.vpc;

/** A rule of the VPC forbids what was asked, where the caller had not expected that. */
public final class VpcRefusedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final transient VpcRefusal refusal;

  /**
   * Carries a refusal.
   *
   * @param refusal the rule, and what to do; its explanation is the message
   */
  public VpcRefusedException(VpcRefusal refusal) {
    super(refusal.rule() + ": " + refusal.explain());
    this.refusal = refusal;
  }

  /**
   * Returns the refusal.
   *
   * @return the rule, and what to do
   */
  public VpcRefusal refusal() {
    return refusal;
  }
}
