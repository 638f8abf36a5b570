package io.havip.core.check;

import io.havip.CloudConfig;
import io.havip.RouterState;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** L13: what a cloud out of reach does to the election is what the configuration says. */
final class CloudPolicy extends Property {

  private static final Set<TroubleKind> CLOUD = Set.of(TroubleKind.CLOUD_OUT_OF_REACH);

  CloudPolicy() {
    super(
        "L13",
        "while the cloud is out of reach a member stays what it is, or leaves after the time that"
            + " its configuration gives, and not before",
        "quiet but for that",
        "staying: no change of state; leaving: not before that time if calls did not fail before,"
            + " and within an interval between looks and a call after it",
        Sense.STATES,
        Sense.TROUBLE);
  }

  @Override
  public Optional<String> outside(Scene scene) {
    return scene.members().stream().anyMatch(actor -> actor.router().cloud().isEmpty())
        ? Optional.of("a member has no cloud")
        : Optional.empty();
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new PerMember(scene, picture) {
      private final long[] lostAt = new long[picture.size()];

      // Since when calls of a member do not fail, up to the last time that they began to.
      private final long[] answeredSince = new long[picture.size()];

      private final long[] failsSince = new long[picture.size()];

      // Whether what a member counts begins with the loss, and not with a failure before it.
      private final boolean[] fresh = new boolean[picture.size()];

      {
        Arrays.fill(lostAt, Picture.NEVER);
        Arrays.fill(answeredSince, Long.MIN_VALUE);
        Arrays.fill(failsSince, Long.MIN_VALUE);
      }

      @Override
      public void see(Sighting sighting, Court court) {
        switch (sighting) {
          case Sighting.Trouble trouble -> troubled(trouble);
          case Sighting.State state -> {
            int member = picture.number(state.member());
            if (member >= 0 && state.to() == RouterState.INITIALIZE) {
              lostAt[member] = Picture.NEVER; // it leaves in order
              forget(member);
            } else if (member >= 0) {
              changed(member, state, court);
            }
          }
          default -> {}
        }
      }

      private void troubled(Sighting.Trouble trouble) {
        int member = picture.number(trouble.members().getFirst());
        if (member < 0) {
          return;
        }
        if (trouble.kind() == TroubleKind.CLOUD) {
          if (trouble.begins()) {
            failsSince[member] = trouble.at();
          } else {
            answeredSince[member] = trouble.at();
          }
          return;
        }
        if (trouble.kind() != TroubleKind.CLOUD_OUT_OF_REACH) {
          Arrays.fill(lostAt, Picture.NEVER);
          for (int i = 0; i < picture.size(); i++) {
            forget(i);
          }
        } else if (!trouble.begins()) {
          lostAt[member] = Picture.NEVER;
          forget(member);
        } else if (settled(trouble.at(), CLOUD) && picture.active(member)) {
          lostAt[member] = trouble.at();
          CloudConfig cloud = cloud(member);
          long patience = cloud.faultAfter().map(d -> d.toNanos()).orElse(bounds.settle);
          long notice = notice(member);
          fresh[member] =
              failsSince[member] == trouble.at()
                  && answeredSince[member] < trouble.at() - notice
                  && picture.quietSince(CLOUD) < trouble.at() - bounds.settle - bounds.mapping;
          boolean leaves = cloud.faultAfter().isPresent();
          await(member, trouble.at() + patience + (leaves ? notice : 0) + bounds.epsilon);
        }
      }

      private void changed(int member, Sighting.State state, Court court) {
        if (lostAt[member] == Picture.NEVER || state.from() != RouterState.ACTIVE) {
          return;
        }
        long waited = state.at() - lostAt[member];
        Optional<Long> patience = cloud(member).faultAfter().map(d -> d.toNanos());
        if (patience.isEmpty() || (fresh[member] && waited < patience.get())) {
          court.violated(
              state.at(),
              "%s left ACTIVE %s after the cloud was out of reach, and %s (%s)"
                  .formatted(
                      state.member(),
                      Bounds.text(waited),
                      patience.isEmpty() ? "should stay" : "may not so early",
                      state.cause()));
        }
        tried |= patience.isPresent();
        lostAt[member] = Picture.NEVER;
        forget(member);
      }

      @Override
      void overdue(int member, long now, Court court) {
        tried = true;
        if (cloud(member).faultAfter().isPresent()) {
          court.violated(
              now,
              "%s is still ACTIVE %s after the cloud was out of reach"
                  .formatted(picture.name(member), Bounds.text(now - lostAt[member])));
        }
      }

      private long notice(int member) {
        return cloud(member).interval().plus(cloud(member).callTimeout()).toNanos();
      }

      private CloudConfig cloud(int member) {
        return bounds.router(member).cloud().orElseThrow();
      }
    };
  }
}
