package io.havip.core.check;

import java.util.Optional;
import java.util.Set;

/**
 * One named property of the catalogue, such as S3. Stateless; {@link #judge} makes what follows one
 * run.
 */
public interface Check {

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

  /**
   * {@return why this scene is outside the property's condition; empty if it is inside}
   *
   * @param scene the scene
   */
  Optional<String> outside(Scene scene);

  /**
   * Prepares to follow one run.
   *
   * @param scene the scene, inside the condition
   * @param picture the group as it stands; knows each sighting before the judge is shown it
   * @return a judge that has seen nothing yet
   */
  Judge judge(Scene scene, Picture picture);

  /** Follows one run. Not thread-safe; allocates nothing while nothing changes. */
  interface Judge {

    /**
     * Something was seen.
     *
     * @param sighting what
     * @param court where violations go
     */
    void see(Sighting sighting, Court court);

    /**
     * {@return when this judge wants {@link #due} to be called if nothing is seen until then;
     * {@link Long#MAX_VALUE} for never}
     */
    long nextDeadline();

    /**
     * Time has come to the deadline, or the run ends.
     *
     * @param now the time
     * @param court where violations go
     */
    void due(long now, Court court);

    /** {@return whether its occasion has come at least once} */
    boolean tried();
  }

  /** Takes down violations. */
  interface Court {

    /**
     * A property was broken.
     *
     * @param at when it became so
     * @param what in one sentence, with the members, the length and the bound
     */
    void violated(long at, String what);
  }
}
