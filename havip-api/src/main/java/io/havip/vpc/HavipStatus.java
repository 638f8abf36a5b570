package io.havip.vpc;

/** Whether a HAVIP has a holder; the two words are those of Tencent Cloud's API. */
public enum HavipStatus {
  /** An interface holds it. */
  AVAILABLE,
  /** Nobody holds it. */
  UNBIND
}
