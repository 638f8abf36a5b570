package io.havip.core.check;

/** What became of a check in a run. */
public enum Verdict {
  /** Its occasion came, and it held every time. */
  PASS,
  /** It was broken. */
  FAIL,
  /** The stage cannot see what it needs, or the group is outside its condition. */
  UNSUPPORTED,
  /** Its occasion never came: the run proves nothing about it. */
  UNKNOWN
}
