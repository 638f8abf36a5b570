package io.havip.examples;

import io.havip.core.timing.LatenessMeter;
import io.havip.core.timing.TimingAdvisor;
import io.havip.core.timing.TimingAdvisor.FalseTakeovers;
import io.havip.spi.Availability;
import io.havip.spi.FenceOptions;
import io.havip.spi.Platform;
import io.havip.spi.PlatformException;
import io.havip.spi.PlatformOptions;
import io.havip.spi.PlatformProvider;
import io.havip.spi.Timers;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures how late this JVM on this host wakes, and what that means for adverts. */
@Command(
    name = "timing",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how late this JVM on this host wakes for its adverts, says the shortest interval it"
          + " can keep, and how often peers would take over from it although it lives.",
      "Give it the JVM flags, and the load, of the application that is to be a member."
    })
final class TimingCommand implements Callable<Integer> {

  private static final int MULTIPLIER = 3;

  @Option(
      names = "--interval",
      defaultValue = "1000",
      paramLabel = "MS",
      description = "Time between adverts, in milliseconds (${DEFAULT-VALUE}).")
  private int interval;

  @Option(
      names = "--loss",
      defaultValue = "0.001",
      paramLabel = "SHARE",
      description = "Share of adverts lost on the way, 0 to 1 (${DEFAULT-VALUE}).")
  private double loss;

  @Option(
      names = "--priority",
      defaultValue = "100",
      paramLabel = "N",
      description = "Priority of the peer, which decides its patience (${DEFAULT-VALUE}).")
  private int priority;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      paramLabel = "N",
      description = "How long to measure (${DEFAULT-VALUE}).")
  private int seconds;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    check(interval >= 10 && interval <= 40_950, "--interval must be 10 to 40950");
    check(loss >= 0 && loss <= 1, "--loss must be 0 to 1");
    check(priority >= 1 && priority <= 254, "--priority must be 1 to 254");
    check(seconds >= 1, "--seconds must be positive");
    Duration each = Duration.ofMillis(interval);
    LatenessMeter meter = new LatenessMeter(each.toNanos());
    try (Platform platform = open()) {
      Beat beat = new Beat(platform.timers(), Math.min(each.toNanos(), Beat.LONGEST), meter);
      platform.execute(beat::begin);
      TimeUnit.SECONDS.sleep(seconds);
    }
    // Closing the platform has ended its loop: nobody writes any more.
    print(spec.commandLine().getOut(), new TimingAdvisor(meter.lateness()));
    return ExitStatus.OK;
  }

  private void check(boolean good, String what) {
    if (!good) {
      throw new ParameterException(spec.commandLine(), what);
    }
  }

  private static Platform open() {
    StringBuilder refusals = new StringBuilder("no platform can be used here:");
    for (PlatformProvider provider : ServiceLoader.load(PlatformProvider.class)) {
      switch (provider.availability()) {
        case Availability.Available _ -> {
          return provider.open(new PlatformOptions("timing", FenceOptions.NONE));
        }
        case Availability.Unavailable no ->
            refusals.append(' ').append(provider.name()).append(": ").append(no.reason());
      }
    }
    throw new PlatformException(refusals.toString());
  }

  /** A deadline that comes again and again; on the loop. */
  private static final class Beat {

    private static final long LONGEST = 10_000_000L;

    private final Timers timers;
    private final long step;
    private final LatenessMeter meter;
    private final Timers.Deadline deadline;
    private long due;

    Beat(Timers timers, long step, LatenessMeter meter) {
      this.timers = timers;
      this.step = step;
      this.meter = meter;
      deadline = timers.newDeadline(this::served);
    }

    void begin() {
      due = timers.now() + step;
      deadline.arm(due);
    }

    private void served() {
      meter.served(due, timers.now());
      begin();
    }
  }

  private void print(PrintWriter out, TimingAdvisor advisor) {
    long nanos = Duration.ofMillis(interval).toNanos();
    var measured = advisor.measured();
    out.printf(
        Locale.ROOT,
        "woke late by %s (half), %s (99 of 100), %s (worst of %d intervals of %d ms)%n",
        text(measured.quantile(0.5)),
        text(measured.quantile(0.99)),
        text(measured.worst()),
        measured.samples(),
        interval);
    long shortest = advisor.shortestInterval(MULTIPLIER);
    out.printf(
        Locale.ROOT,
        "shortest interval that this leaves room for: %d ms%n",
        TimeUnit.NANOSECONDS.toMillis(shortest));
    FalseTakeovers takeovers =
        advisor.falseTakeovers(nanos, MULTIPLIER, (256 - priority) * nanos / 256, loss);
    out.printf(
        Locale.ROOT,
        "at %d ms, loss %s and a peer of priority %d, false takeovers: %s as measured,%n"
            + "  at most %s (95 %% sure; measure longer to learn more)%n",
        interval,
        loss,
        priority,
        often(takeovers.seenPerDay()),
        often(takeovers.atMostPerDay()));
    if (shortest > nanos) {
      out.println("This interval is too short for this host and JVM: see docs/timing.md.");
    }
    out.flush();
  }

  private static String text(long nanos) {
    return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }

  private static String often(double perDay) {
    if (perDay == 0) {
      return "none";
    }
    return perDay >= 1
        ? String.format(Locale.ROOT, "%.1f a day", perDay)
        : String.format(Locale.ROOT, "one in %.0f days", 1 / perDay);
  }
}
