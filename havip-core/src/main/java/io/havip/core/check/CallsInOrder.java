package io.havip.core.check;

import io.havip.core.check.Sighting.Callback.Call;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** S18: the application is called in order, and hears of nothing that is not so. */
final class CallsInOrder extends Property {

  private static final Set<TroubleKind> EXCUSES =
      Set.of(
          TroubleKind.PAUSE,
          TroubleKind.FREEZE,
          TroubleKind.SLOW,
          TroubleKind.LINK,
          TroubleKind.REFUSED);

  CallsInOrder() {
    super(
        "S18",
        "the application hears of the address when it is bound and when it is released; its calls"
            + " do not overlap, alternate, and end with the process",
        "what is heard of the address: the process runs in time, the interface is up and the host"
            + " refuses nothing",
        "L",
        Sense.CALLBACKS,
        Sense.ADDRESSES,
        Sense.TROUBLE);
  }

  @Override
  public Judge judge(Scene scene, Picture picture) {
    return new Calls(scene, picture);
  }

  private static final class Calls extends OneDeadline {

    private final Scene scene;
    private final @Nullable Call[] running;
    private final @Nullable Call[] last;
    private final boolean[] gone;

    /** When the kernel last began or ended to answer, or something struck the member. */
    private final long[] changed;

    Calls(Scene scene, Picture picture) {
      super(scene, picture);
      this.scene = scene;
      running = new @Nullable Call[picture.size()];
      last = new @Nullable Call[picture.size()];
      gone = new boolean[picture.size()];
      changed = new long[picture.size()];
      Arrays.fill(changed, Long.MIN_VALUE);
    }

    @Override
    public void see(Sighting sighting, Court court) {
      switch (sighting) {
        case Sighting.Callback call -> {
          int member = picture.number(call.member());
          if (member >= 0) {
            called(member, call, court);
          }
        }
        case Sighting.Address address -> {
          int member = picture.number(address.member());
          if (member >= 0) {
            changed[member] = address.at();
          }
        }
        case Sighting.Trouble trouble -> {
          for (String name : trouble.members()) {
            int member = picture.number(name);
            if (member >= 0) {
              changed[member] = trouble.at();
              if (trouble.kind().down()) {
                gone[member] = trouble.begins();
                running[member] = null;
                last[member] = null;
              }
            }
          }
        }
        default -> {}
      }
    }

    private void called(int member, Sighting.Callback call, Court court) {
      String who = call.member();
      if (gone[member]) {
        court.violated(call.at(), who + ": " + call.call() + " after the process has ended");
      }
      boolean event = call.call() == Call.BOUND || call.call() == Call.RELEASED;
      if (!event) {
        ordered(member, call, court);
      }
      if (call.begins()) {
        truthful(member, call, court);
      }
    }

    private void ordered(int member, Sighting.Callback call, Court court) {
      Call before = running[member];
      if (!call.begins()) {
        running[member] = null;
        return;
      }
      if (before != null) {
        court.violated(
            call.at(), "%s: %s begins during %s".formatted(call.member(), call.call(), before));
      }
      boolean prepares = call.call() == Call.PREPARE;
      Call previous = last[member];
      if (paired(member) && previous != null) {
        tried = true;
        if (prepares == (previous == Call.PREPARE)) {
          court.violated(
              call.at(), "%s: %s follows %s".formatted(call.member(), call.call(), previous));
        }
      }
      running[member] = call.call();
      last[member] = call.call();
    }

    /** Whether the member both prepares and is told when it must not serve: the calls alternate. */
    private boolean paired(int member) {
      var router = scene.members().get(member).router();
      return router.takeover().isPresent() && router.handover().isPresent();
    }

    private void truthful(int member, Sighting.Callback call, Court court) {
      boolean answers = picture.answers(member);
      boolean known =
          !picture.suffers(member, EXCUSES) && changed[member] < call.at() - bounds.lateness;
      switch (call.call()) {
        case BOUND -> {
          // Just bound is bound.
          tried = true;
          if (!answers && known) {
            court.violated(
                call.at(), call.member() + " hears that the address is bound, and it is not");
          }
        }
        case RELEASED -> {
          if (answers && known) {
            court.violated(
                call.at(), call.member() + " hears that the address is released, and it is not");
          }
        }
        case PREPARE, LOST -> {
          if (answers && known && paired(member)) {
            court.violated(
                call.at(), "%s: %s while its kernel answers".formatted(call.member(), call.call()));
          }
        }
        case DEMOTE -> {}
      }
    }
  }
}
