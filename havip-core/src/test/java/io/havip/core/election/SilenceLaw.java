package io.havip.core.election;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.core.election.ElectionState.NEVER;

import io.havip.Cause;
import io.havip.RouterState;
import io.havip.core.election.Action.ReportState;
import io.havip.core.election.Trace.Entry;
import io.havip.net.IpAddress;
import io.havip.wire.VrrpVersion;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
  private @Nullable IpAddress holder;
  private int holderPriority;
  private long askAt = NEVER;
  private long silentAt = NEVER;
  private long serveAt = Long.MIN_VALUE;

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
    boolean serves = !e.all(Action.Bind.class).isEmpty() || !e.all(Action.Prepare.class).isEmpty();
    if (serves && e.now() < serveAt) {
      return Optional.of("serves before " + serveAt);
    }
    boolean contends = state == ACTIVE && !serves && e.now() < serveAt;
    if (contends && e.before().nextDeadline() > serveAt) {
      return Optional.of("does not ask to be woken to serve at " + serveAt);
    }
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
      if (state != BACKUP) {
        stopClaiming();
      }
    }
    if (complaint.isEmpty() && state == BACKUP) {
      long mayAt = Math.min(askAt, mayTakeOverAt(e.after().priority()));
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
      case Input.AdvertReceived advert -> {
        if (hear(advert, own, e.now()) && e.now() >= askAt) {
          return ask(e, own);
        }
      }
      case Input.TimerDue due -> {
        long mayAt = mayTakeOverAt(own);
        boolean late = e.now() - mayAt > interval;
        if (late) {
          listenAnew(e.now(), 1); // one more advert and the skew
          return takesOver ? Optional.of("took over although late") : Optional.empty();
        }
        if (takesOver != e.now() >= mayAt) {
          return Optional.of((takesOver ? "took" : "did not take") + " over, due at " + mayAt);
        }
        if (e.now() >= askAt && !takesOver) {
          return ask(e, own);
        }
        return Optional.empty();
      }
      case Input.Probed probed -> {
        long until = silentAt;
        boolean ends = until != NEVER && (probed.answered() || e.now() >= until);
        silentAt = ends ? NEVER : until;
        boolean may = ends && !probed.answered() && e.now() < mayTakeOverAt(own);
        if (may) {
          serveAt = Math.min(e.now() + config.roundTripNanos(), mayTakeOverAt(own));
        }
        return may == takesOver ? Optional.empty() : Optional.of("by a probe: " + takesOver);
      }
      case Input.PriorityChanged changed -> stopClaiming();
      case Input.Slept slept -> listenAnew(e.now(), config.downMultiplier());
      default -> {}
    }
    return takesOver ? Optional.of("took over without a timer") : Optional.empty();
  }

  private Optional<String> ask(Entry e, int own) {
    askAt = NEVER;
    long until = e.now() + config.roundTripNanos();
    boolean worthIt = until < mayTakeOverAt(own);
    silentAt = worthIt ? until : NEVER;
    List<Action> expected = worthIt ? List.of(new Action.Probe(until)) : List.of();
    return e.actions().equals(expected)
        ? Optional.empty()
        : Optional.of(e.actions() + " instead of " + expected);
  }

  private long countedFrom(Input.AdvertReceived advert) {
    return Math.max(listeningSince, advert.receivedAt());
  }

  private void stopClaiming() {
    askAt = NEVER;
    silentAt = NEVER;
  }

  /** A round trip's third, and that again each time that the distance doubles. */
  private long rank(int left, int own) {
    long third = config.roundTripNanos() / 3;
    long rank = 0;
    for (int distance = 1, to = 1 + Math.max(0, left - own); distance < to; distance *= 2) {
      rank += third * (Math.min(2 * distance, to) - distance) / distance;
    }
    return rank;
  }

  private long mayTakeOverAt(int own) {
    long skew = skew(config, own, interval);
    long silence = heardAt + mayMiss * interval + skew;
    return resignedAt == NEVER ? silence : Math.min(silence, resignedAt + skew);
  }

  /** Returns whether it is a resignation that may be followed the short way. */
  private boolean hear(Input.AdvertReceived advert, int own, long now) {
    if (advert.priority() == 0) {
      boolean ofTheHolder = advert.source().equals(holder) && holderPriority > 0;
      boolean holdsOff = acceptLowerUntil != NEVER && now < acceptLowerUntil;
      listeningSince = Math.max(listeningSince, advert.receivedAt());
      resignedAt = Math.min(resignedAt, listeningSince);
      boolean shortWay = ofTheHolder && !holdsOff && config.roundTripNanos() > 0;
      askAt = shortWay ? listeningSince + rank(holderPriority, own) : askAt;
      holder = advert.source();
      holderPriority = 0;
      return shortWay;
    }
    stopClaiming();
    if (advert.priority() >= own) {
      acceptLowerUntil = NEVER;
      accept(advert);
    } else if (!config.preempt()) {
      accept(advert);
    } else {
      if (acceptLowerUntil == NEVER && config.preemptDelayNanos() > 0) {
        acceptLowerUntil = countedFrom(advert) + config.preemptDelayNanos();
      }
      if (acceptLowerUntil != NEVER && countedFrom(advert) < acceptLowerUntil) {
        accept(advert);
      }
    }
    return false;
  }

  private void listen(long now) {
    state = BACKUP;
    listeningSince = now;
    heardAt = now;
    mayMiss = config.downMultiplier();
    interval = config.intervalNanos();
    resignedAt = NEVER;
    acceptLowerUntil = NEVER;
    holder = null;
    stopClaiming();
  }

  /** What was lost is not known. */
  private void listenAnew(long now, int adverts) {
    listeningSince = now;
    heardAt = now;
    mayMiss = adverts;
    if (acceptLowerUntil != NEVER) {
      acceptLowerUntil = Math.max(acceptLowerUntil, now + config.preemptDelayNanos());
    }
    resignedAt = NEVER;
    stopClaiming();
  }

  private void accept(Input.AdvertReceived advert) {
    holder = advert.source();
    holderPriority = advert.priority();
    listeningSince = Math.max(listeningSince, advert.receivedAt());
    heardAt = listeningSince;
    mayMiss = config.downMultiplier();
    interval = config.version() == VrrpVersion.V3 ? advert.intervalNanos() : interval;
    resignedAt = NEVER;
  }
}
