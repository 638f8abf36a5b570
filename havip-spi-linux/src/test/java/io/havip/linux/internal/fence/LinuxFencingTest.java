package io.havip.linux.internal.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.spi.Fence;
import io.havip.spi.FenceOptions;
import io.havip.spi.FenceOptions.Use;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;
import io.havip.spi.PlatformException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LinuxFencingTest {

  private static final Duration MS = Duration.ofMillis(1);

  private final List<String> log = new ArrayList<>();
  private final LinuxFencing fencing = new LinuxFencing(FenceOptions.BEST);

  private static GuardedRouter router() {
    return new GuardedRouter("r", "eth0", List.of(), MS, MS, List.of());
  }

  private Supplier<FencePart> part(String name, Fence fence) {
    return () ->
        new FencePart() {
          @Override
          public String description() {
            return name;
          }

          @Override
          public Guard guard(GuardedRouter router, GuardListener listener) {
            return new Logged(name, fence);
          }

          @Override
          public Optional<String> objection(GuardedRouter router) {
            return Optional.of(name + " is too slow");
          }

          @Override
          public void close() {
            log.add(name + " ends");
          }
        };
  }

  private final class Logged implements Guard {
    private final String name;
    private final Fence fence;

    Logged(String name, Fence fence) {
      this.name = name;
      this.fence = fence;
    }

    @Override
    public void renew() {
      log.add(name + " renew");
      if (name.equals("broken")) {
        throw new IllegalStateException("as a test wants it");
      }
    }

    @Override
    public void shut() {
      log.add(name + " shut");
    }

    @Override
    public void update(GuardedRouter router) {
      log.add(name + " update " + router.name());
    }

    @Override
    public Fence fence() {
      return fence;
    }

    @Override
    public void close() {
      log.add(name + " close");
    }
  }

  private static FencePart impossible() {
    throw new PlatformException("this kernel has none");
  }

  private Fence inForce() {
    return fencing.guard(router(), () -> {}).fence();
  }

  @Test
  void withoutPartsThereIsNoFence() {
    assertThat(inForce()).isEqualTo(new Fence.None());
    assertThat(fencing.description()).isEqualTo("no fence");
  }

  @Test
  void whatIsOffIsNotOpened() {
    assertThat(fencing.add("gate", Use.OFF, LinuxFencingTest::impossible)).isFalse();
    assertThat(fencing.description()).isEqualTo("no fence");
  }

  @Test
  void whatIsNotPossibleIsSaid() {
    assertThat(fencing.add("gate", Use.AUTO, LinuxFencingTest::impossible)).isFalse();
    assertThat(fencing.add("guardian", Use.AUTO, part("guardian", new Fence.None()))).isTrue();
    assertThat(fencing.description()).isEqualTo("fences: guardian; no gate (this kernel has none)");
  }

  @Test
  void whatIsRequiredAndNotPossibleIsRefused() {
    assertThatThrownBy(() -> fencing.add("gate", Use.REQUIRED, LinuxFencingTest::impossible))
        .isInstanceOf(PlatformException.class)
        .hasMessage("the gate is required, but not possible here: this kernel has none");
  }

  @Test
  void onlyWhatIsRequiredObjects() {
    fencing.add("guardian", Use.AUTO, part("a", new Fence.None()));
    assertThat(fencing.objection(router())).isEmpty();
    fencing.add("gate", Use.REQUIRED, part("b", new Fence.None()));
    assertThat(fencing.objection(router()))
        .contains("the gate is required, but not possible: b is too slow");
  }

  @Test
  void theShorterBoundsCount() {
    fencing.add("a", Use.AUTO, part("a", new Fence.OnExitAndStall(MS.multipliedBy(9), MS)));
    fencing.add("b", Use.AUTO, part("b", new Fence.OnExit(MS.multipliedBy(5))));
    assertThat(inForce()).isEqualTo(new Fence.OnExitAndStall(MS, MS));
  }

  @Test
  void theExitMayBeFencedSoonerThanAStall() {
    fencing.add("a", Use.AUTO, part("a", new Fence.OnExit(MS)));
    Fence slow = new Fence.OnExitAndStall(MS.multipliedBy(9), MS.multipliedBy(7));
    fencing.add("b", Use.AUTO, part("b", slow));
    assertThat(inForce()).isEqualTo(new Fence.OnExitAndStall(MS, MS.multipliedBy(7)));
  }

  @Test
  void eachPartHearsOfEverythingInItsOrderAlsoIfOneFails() {
    fencing.add("x", Use.AUTO, part("broken", new Fence.None()));
    fencing.add("y", Use.REQUIRED, part("sound", new Fence.None()));
    Guard guard = fencing.guard(router(), () -> {});
    guard.renew();
    guard.update(router());
    guard.shut();
    guard.close();
    fencing.close();
    assertThat(log)
        .containsExactly(
            "broken renew",
            "sound renew",
            "broken update r",
            "sound update r",
            "broken shut",
            "sound shut",
            "broken close",
            "sound close",
            "sound ends",
            "broken ends");
  }

  @Test
  void aRehearsalTakesEveryWayOnce_andAgainThoseOfATakeover() {
    fencing.add("x", Use.AUTO, part("a", new Fence.None()));
    fencing.add("y", Use.AUTO, part("b", new Fence.None()));
    fencing.rehearse();
    assertThat(log)
        .containsExactly(
            "a renew",
            "b renew",
            "a update warm-up",
            "b update warm-up",
            "a shut",
            "b shut",
            "a close",
            "b close");
    log.clear();
    fencing.rehearseAgain(() -> log.add("flush"));
    assertThat(log).containsExactly("a renew", "b renew", "flush", "a shut", "b shut");
  }
}
