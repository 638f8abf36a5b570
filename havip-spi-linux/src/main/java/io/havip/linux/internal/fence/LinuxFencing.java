package io.havip.linux.internal.fence;

import io.havip.net.VirtualAddress;
import io.havip.spi.Fence;
import io.havip.spi.FenceOptions;
import io.havip.spi.FenceOptions.Use;
import io.havip.spi.Fencing;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;
import io.havip.spi.PlatformException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The fences of this host, each as far as it is wanted and possible. Belongs to the loop. */
public final class LinuxFencing implements Fencing {

  private static final Logger LOG = System.getLogger(LinuxFencing.class.getName());

  /**
   * A router to warm up with. Its addresses are of a reserved block (RFC 1112, section 4), and of
   * one whose packets are dropped (RFC 6666).
   */
  static final GuardedRouter NOBODY =
      new GuardedRouter(
          "warm-up",
          "",
          List.of(VirtualAddress.parse("240.0.0.1/32"), VirtualAddress.parse("100::1/128")),
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          List.of());

  private final FenceOptions wanted;
  private final List<FencePart> parts = new ArrayList<>();

  /** Those that are required, by their names. */
  private final Map<String, FencePart> required = new LinkedHashMap<>();

  private final List<String> missing = new ArrayList<>();

  /** Guards nobody, so that there is something to renew before it counts. */
  private Guard understudy = Guard.NONE;

  /** Creates it without any fence. */
  public LinuxFencing(FenceOptions wanted) {
    this.wanted = wanted;
  }

  /** What the node asked for. */
  public FenceOptions wanted() {
    return wanted;
  }

  /**
   * Opens a fence, if it is wanted. What is added first acts first.
   *
   * @param what names the fence in messages, as in {@code stall fence}
   * @param use whether it is wanted
   * @param opener makes it, or throws {@link PlatformException} if the host does not allow it
   * @return whether it is open
   * @throws PlatformException if it is required and cannot be opened
   */
  public boolean add(String what, Use use, Supplier<? extends FencePart> opener) {
    if (use == Use.OFF) {
      return false;
    }
    try {
      FencePart part = opener.get();
      parts.add(part);
      if (use == Use.REQUIRED) {
        required.put(what, part);
      }
      return true;
    } catch (PlatformException e) {
      if (use == Use.REQUIRED) {
        throw new PlatformException(
            "the " + what + " is required, but not possible here: " + e.getMessage(), e);
      }
      missing.add("no " + what + " (" + e.getMessage() + ")");
      return false;
    }
  }

  /** Logs in one warning what is wanted but not possible here. */
  public void warn() {
    if (!missing.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "weaker protection against a process that dies or stalls: {0}; in force: {1}",
          String.join("; ", missing),
          present());
    }
  }

  /** What is in force on this host, and what is missing: {@code fences: nftables gate}. */
  public String description() {
    return missing.isEmpty() ? present() : present() + "; " + String.join("; ", missing);
  }

  private String present() {
    return parts.isEmpty()
        ? "no fence"
        : parts.stream()
            .map(FencePart::description)
            .collect(Collectors.joining(", ", "fences: ", ""));
  }

  @Override
  public Optional<String> objection(GuardedRouter router) {
    return required.entrySet().stream()
        .flatMap(each ->
            each.getValue().objection(router).stream()
                .map(why -> "the " + each.getKey() + " is required, but not possible: " + why))
        .findFirst();
  }

  @Override
  public Guard guard(GuardedRouter router, GuardListener listener) {
    List<Guard> guards = parts.stream().map(part -> part.guard(router, listener)).toList();
    return guards.isEmpty() ? Guard.NONE : new Combined(guards);
  }

  /** Takes every way once, so that the first advert is not held up. */
  public void rehearse() {
    Guard guard = guard(NOBODY, () -> {});
    guard.renew();
    guard.update(NOBODY);
    guard.shut();
    guard.close();
    understudy = guard(NOBODY, () -> {});
  }

  /**
   * Takes again what a takeover takes. Nothing may fail on the way: the kernel needs milliseconds
   * to take a transaction back (measured: 7 to 30 ms).
   *
   * @param flush sends what is queued, upon which fences are renewed
   */
  public void rehearseAgain(Runnable flush) {
    understudy.renew();
    flush.run();
    understudy.shut();
  }

  /** Ends every fence. */
  public void close() {
    understudy = Guard.NONE;
    for (FencePart part : parts.reversed()) {
      quietly(part, FencePart::close);
    }
    parts.clear();
    required.clear();
  }

  /** What goes wrong with one fence must not keep the others from acting. */
  private static <T> void quietly(T of, Consumer<T> action) {
    try {
      action.accept(of);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a fence failed", e);
    }
  }

  /** The guards of one router. */
  private record Combined(List<Guard> guards) implements Guard {

    private void each(Consumer<Guard> action) {
      for (int i = 0; i < guards.size(); i++) {
        quietly(guards.get(i), action);
      }
    }

    @Override
    public void renew() {
      each(Guard::renew);
    }

    @Override
    public void shut() {
      each(Guard::shut);
    }

    @Override
    public void update(GuardedRouter router) {
      each(guard -> guard.update(router));
    }

    @Override
    public Fence fence() {
      return guards.stream()
          .map(guard -> Bounds.of(guard.fence()))
          .reduce(Bounds.NONE, Bounds::and)
          .fence();
    }

    @Override
    public void close() {
      each(Guard::close);
    }
  }
}
