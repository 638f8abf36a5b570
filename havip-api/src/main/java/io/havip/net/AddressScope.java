package io.havip.net;

/**
 * How far an address is valid, in the words and numbers of Linux rtnetlink ({@code rtnetlink(7)},
 * {@code rtm_scope}).
 *
 * <p>Linux derives the scope of an IPv6 address from the address itself and ignores the number
 * given.
 */
public enum AddressScope {
  /** Valid everywhere: {@code RT_SCOPE_UNIVERSE}, 0. */
  GLOBAL(0),
  /** Valid within the site: {@code RT_SCOPE_SITE}, 200. */
  SITE(200),
  /** Valid on this link: {@code RT_SCOPE_LINK}, 253. */
  LINK(253),
  /** Valid inside this host: {@code RT_SCOPE_HOST}, 254. */
  HOST(254);

  private final int number;

  AddressScope(int number) {
    this.number = number;
  }

  /**
   * Returns the rtnetlink number of this scope.
   *
   * @return 0, 200, 253 or 254
   */
  public int number() {
    return number;
  }
}
