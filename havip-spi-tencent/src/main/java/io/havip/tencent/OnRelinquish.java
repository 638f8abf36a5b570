package io.havip.tencent;

/** What becomes of a private address when its holder gives it up. */
public enum OnRelinquish {

  /** It stays with the old holder's interface until the next one moves it. The default. */
  KEEP,

  /**
   * It is taken from the interface. Until the next holder takes it, it belongs to nobody, and the
   * cloud may give it to another machine of the subnet.
   */
  UNASSIGN
}
