package io.havip.core.election;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.core.election.ElectionState.NEVER;

import io.havip.Cause;
import io.havip.RouterState;
import io.havip.core.election.Action.ReportState;
import io.havip.core.election.Trace.Entry;
import io.havip.wire.VrrpVersion;
import java.util.Optional;

/**
 * Follows the adverts a BACKUP hears and says when it takes over: no sooner, and no later, for it
 * has to ask to be woken then. Uses nothing of the state but the priority and the next deadline.
 */
final class SilenceLaw {

  private final ElectionConfig config;
  private RouterState state = RouterState.INITIALIZE;
  private long listeningSince;
  private long heardAt;
  private int mayMiss;
  private long interval;
  private long resignedAt = NEVER;
  private long acceptLowerUntil = NEVER;

  private SilenceLaw(ElectionConfig config) {
    this.config = config;
  }

  static Optional<String> takeover(Trace trace) {
    SilenceLaw law = new SilenceLaw(trace.config());
    return trace.firstBroken(law::follow);
  }

  /** Skew_Time, written down once more. */
  static long skew(ElectionConfig config, int priority, long interval) {
    long unit = config.version() == VrrpVersion.V2 ? 1_000_000_000L : interval;
    return unit * (256 - priority) / 256;
  }

  private Optional<String> follow(Entry e) {
    boolean lateWake =
        e.reports().stream().map(ReportState::cause).anyMatch(Cause.LateWake.class::isInstance);
    if (lateWake) {
      listen(e.now());
    }
    Optional<String> complaint = state == BACKUP ? followBackup(e) : Optional.empty();
    for (ReportState report : e.reports()) {
      if (report.to() == BACKUP && !(report.cause() instanceof Cause.LateWake)) {
        listen(e.now());
        if (report.cause() instanceof Cause.PrepareFailed) {
          acceptLowerUntil = e.now() + 10 * config.prepareNanos();
        }
        if (e.input() instanceof Input.AdvertReceived advert) {
          listeningSince = advert.receivedAt();
          accept(advert);
        }
      }
      state = report.to();
    }
    if (complaint.isEmpty() && state == BACKUP) {
      long mayAt = mayTakeOverAt(e.after().priority());
      if (e.after().nextDeadline() != mayAt) {
        return Optional.of("does not ask to be woken at " + mayAt);
      }
    }
    return complaint;
  }

  private Optional<String> followBackup(Entry e) {
    int own = e.before().priority();
    boolean takesOver = e.reports().stream().anyMatch(r -> r.from() == BACKUP && r.to() == ACTIVE);
    switch (e.input()) {
      case Input.AdvertReceived advert -> hear(advert, own);
      case Input.TimerDue due -> {
        long mayAt = mayTakeOverAt(own);
        boolean late = e.now() - mayAt > interval;
        if (late) {
          listenOn(e.now());
          return takesOver ? Optional.of("took over although late") : Optional.empty();
        }
        if (takesOver != e.now() >= mayAt) {
          return Optional.of((takesOver ? "took" : "did not take") + " over, due at " + mayAt);
        }
        return Optional.empty();
      }
      default -> {}
    }
    return takesOver ? Optional.of("took over without a timer") : Optional.empty();
  }

  private long mayTakeOverAt(int own) {
    long skew = skew(config, own, interval);
    long silence = heardAt + mayMiss * interval + skew;
    return resignedAt == NEVER ? silence : Math.min(silence, resignedAt + skew);
  }

  private void hear(Input.AdvertReceived advert, int own) {
    if (advert.priority() == 0) {
      listeningSince = Math.max(listeningSince, advert.receivedAt());
      resignedAt = Math.min(resignedAt, listeningSince);
    } else if (advert.priority() >= own) {
      acceptLowerUntil = NEVER;
      accept(advert);
    } else if (!config.preempt()) {
      accept(advert);
    } else {
      if (acceptLowerUntil == NEVER && config.preemptDelayNanos() > 0) {
        acceptLowerUntil = advert.receivedAt() + config.preemptDelayNanos();
      }
      if (acceptLowerUntil != NEVER && advert.receivedAt() < acceptLowerUntil) {
        accept(advert);
      }
    }
  }

  private void listen(long now) {
    state = BACKUP;
    listeningSince = now;
    heardAt = now;
    mayMiss = config.downMultiplier();
    interval = config.intervalNanos();
    resignedAt = NEVER;
    acceptLowerUntil = NEVER;
  }

  /** Too late to know what was lost: one more advert and the skew are waited for. */
  private void listenOn(long now) {
    listeningSince = now;
    heardAt = now;
    mayMiss = 1;
    resignedAt = NEVER;
  }

  private void accept(Input.AdvertReceived advert) {
    listeningSince = Math.max(listeningSince, advert.receivedAt());
    heardAt = listeningSince;
    mayMiss = config.downMultiplier();
    interval = config.version() == VrrpVersion.V3 ? advert.intervalNanos() : interval;
    resignedAt = NEVER;
  }
}
