package io.havip.core.check;

import java.util.Optional;

/**
 * One named property of the catalogue, such as S3. Stateless; {@link #judge} makes what follows one
 * run.
 */
public interface Check extends Rule {

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
