package io.havip.core.check;

import java.util.Set;

/** A named property of the catalogue, as {@code docs/properties.md} shows it. */
public interface Rule {

  /** {@return its id in the catalogue: {@code S1} to {@code S19}, {@code L1} to {@code L13}} */
  String id();

  /** {@return what it says, in one sentence} */
  String words();

  /** {@return when it is judged, in words} */
  String condition();

  /** {@return its bound, in the letters T, k, M, D, L of {@code docs/properties.md}} */
  String bound();

  /** {@return the senses without which it is unsupported; its judge is shown nothing else} */
  Set<Sense> needs();
}
