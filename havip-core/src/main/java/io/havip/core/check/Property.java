package io.havip.core.check;

import io.havip.CloudConfig;
import io.havip.spi.cloud.CloudCapabilities;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What the checks of the catalogue have in common: their words and their senses. */
abstract class Property implements Check {

  private final String id;
  private final String words;
  private final String condition;
  private final String bound;
  private final Set<Sense> senses;

  Property(String id, String words, String condition, String bound, Sense first, Sense... rest) {
    this.id = id;
    this.words = words;
    this.condition = condition;
    this.bound = bound;
    senses = Set.copyOf(EnumSet.of(first, rest));
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final String words() {
    return words;
  }

  @Override
  public final String condition() {
    return condition;
  }

  @Override
  public final String bound() {
    return bound;
  }

  @Override
  public final Set<Sense> needs() {
    return senses;
  }

  @Override
  public Optional<String> outside(Scene scene) {
    return Optional.empty();
  }

  /** Why the cloud of a scene is not one of those that can do something. */
  static Optional<String> without(Scene scene, Predicate<CloudCapabilities> can, String cannot) {
    for (Scene.Actor actor : scene.members()) {
      CloudConfig cloud = actor.router().cloud().orElse(null);
      if (cloud == null) {
        return Optional.of(actor.name() + " has no cloud");
      }
      if (!can.test(cloud.binding().capabilities())) {
        return Optional.of("the cloud of " + actor.name() + " " + cannot);
      }
    }
    return Optional.empty();
  }

  /** A judge with one deadline. */
  abstract static class OneDeadline implements Judge {

    final Picture picture;
    final Bounds bounds;
    long deadline = Picture.NEVER;
    boolean tried;

    OneDeadline(Scene scene, Picture picture) {
      this.picture = picture;
      bounds = new Bounds(scene);
    }

    @Override
    public final long nextDeadline() {
      return deadline;
    }

    @Override
    public void due(long now, Court court) {
      deadline = Picture.NEVER;
    }

    @Override
    public final boolean tried() {
      return tried;
    }

    /** Whether nothing has gone wrong for so long that the group must be of one mind. */
    final boolean settled(long now, Set<TroubleKind> but) {
      long since = picture.quietSince(but);
      return since != Picture.NEVER && since < now - bounds.settle;
    }
  }

  /**
   * A judge that looks at the group when it must be of one mind, and after each change from then
   * on.
   */
  abstract static class Settled extends OneDeadline {

    Settled(Scene scene, Picture picture) {
      super(scene, picture);
    }

    /** Since when it has had the time to become so; {@link Picture#NEVER} if it has not. */
    long since() {
      return picture.quietSince(Set.of());
    }

    /** How long it takes. */
    long settle() {
      return bounds.settle;
    }

    /** Looks; returns whether there was something to see. */
    abstract boolean verify(long now, Court court);

    @Override
    public void see(Sighting sighting, Court court) {
      long since = since();
      if (since == Picture.NEVER || since == Long.MIN_VALUE) {
        deadline = Picture.NEVER;
      } else {
        deadline = Math.max(since + settle(), sighting.at() + bounds.epsilon) + 1;
      }
    }

    @Override
    public void due(long now, Court court) {
      deadline = Picture.NEVER;
      tried |= verify(now, court);
    }
  }

  /** A judge that waits for something of each member apart. */
  abstract static class PerMember extends OneDeadline {

    private final long[] until;

    PerMember(Scene scene, Picture picture) {
      super(scene, picture);
      until = new long[picture.size()];
      Arrays.fill(until, Picture.NEVER);
    }

    final boolean waiting(int member) {
      return until[member] != Picture.NEVER;
    }

    /** Calls {@link #overdue} after that time. */
    final void await(int member, long time) {
      until[member] = time == Picture.NEVER ? time : time + 1;
      rearm();
    }

    final void forget(int member) {
      await(member, Picture.NEVER);
    }

    abstract void overdue(int member, long now, Court court);

    @Override
    public final void due(long now, Court court) {
      for (int i = 0; i < until.length; i++) {
        if (until[i] <= now) {
          until[i] = Picture.NEVER;
          overdue(i, now, court);
        }
      }
      rearm();
    }

    private void rearm() {
      deadline = Picture.NEVER;
      for (long each : until) {
        deadline = Math.min(deadline, each);
      }
    }
  }
}
