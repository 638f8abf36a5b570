package io.havip.core.election;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static io.havip.RouterState.FAULT;
import static io.havip.RouterState.INITIALIZE;
import static io.havip.core.election.ElectionState.NEVER;

import io.havip.Cause;
import io.havip.RouterState;
import io.havip.net.IpAddress;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpVersion;
import java.time.Duration;

/**
 * The state machine of RFC 9568 section 6.4, extended by FAULT, preemption delay, late wake and
 * quick claim.
 */
public final class Election {

  /**
   * For so many times its longest preparation, a member that could not prepare leaves a live member
   * of lower priority alone.
   */
  private static final int PREPARE_HOLD_OFF = 10;

  private Election() {}

  /**
   * One step.
   *
   * @param config the router's constants; may differ from the last step's only in the own address,
   *     unless the input is {@link Input.ConfigChanged}
   * @param state what the last step returned
   * @param input what happened
   * @param now the time, not before that of the last step
   * @return the next state and what to do
   */
  public static Step step(ElectionConfig config, ElectionState state, Input input, long now) {
    Turn turn = new Turn(config, state, now);
    if (input instanceof Input.Slept slept) {
      turn.sleep(slept.nanos());
    }
    if (turn.state == ACTIVE && now - turn.lastAdvertAt > patience(config, input)) {
      standDown(turn);
    }
    switch (turn.state) {
      case INITIALIZE -> inInitialize(turn, input);
      case BACKUP -> inBackup(turn, input);
      case ACTIVE -> inActive(turn, input);
      case FAULT -> inFault(turn, input);
    }
    return turn.end();
  }

  /** The peers know of a new interval only when they have been told. */
  private static long patience(ElectionConfig config, Input input) {
    return input instanceof Input.ConfigChanged change
        ? change.before().peersPatience()
        : config.peersPatience();
  }

  /** Section 6.4.1. */
  private static void inInitialize(Turn turn, Input input) {
    switch (input) {
      case Input.Startup startup -> {
        if (startup.fault() != null) {
          turn.enter(FAULT, new Cause.FaultRaised(startup.fault()));
        } else {
          beginListening(turn, new Cause.Started(), new Cause.StartedAsOwner());
        }
      }
      case Input.PriorityChanged change -> turn.priority = change.priority();
      default -> {}
    }
  }

  /** Section 6.4.2. */
  private static void inBackup(Turn turn, Input input) {
    switch (input) {
      case Input.AdvertReceived advert -> advertInBackup(turn, advert);
      case Input.TimerDue due -> {
        if (turn.now >= turn.activeDownAt) {
          activeIsDown(turn);
        } else {
          deadlinesOfAClaim(turn);
        }
      }
      case Input.Probed probed -> {
        if (QuickClaim.probed(turn, probed.answered())) {
          claim(turn);
        }
      }
      case Input.PriorityChanged change -> {
        long before = turn.skew();
        turn.stopClaiming();
        turn.priority = change.priority();
        if (!turn.ready) {
          turn.activeDownAt += turn.skew() - before;
        }
      }
      case Input.GroupReady ready -> {
        if (turn.ready) {
          becomeActive(turn, whyDown(turn));
        }
      }
      case Input.ConfigChanged change -> changeInBackup(turn, change.before());
      case Input.Slept slept -> turn.listenAnew(turn.now + turn.activeDownInterval());
      case Input.FaultRaised fault -> leaveBackup(turn, FAULT, new Cause.FaultRaised(fault.what()));
      case Input.Shutdown shutdown -> leaveBackup(turn, INITIALIZE, new Cause.Stopped());
      default -> {}
    }
  }

  private static void activeIsDown(Turn turn) {
    if (turn.now - turn.activeDownAt > turn.activeInterval) {
      listenOn(turn);
    } else {
      turn.stopClaiming();
      claim(turn);
    }
  }

  private static void claim(Turn turn) {
    if (turn.config.grouped()) {
      turn.beReady();
    } else {
      becomeActive(turn, whyDown(turn));
    }
  }

  private static void deadlinesOfAClaim(Turn turn) {
    if (turn.now >= turn.askAt) {
      QuickClaim.ask(turn);
    }
    if (turn.now >= turn.serveAt) {
      turn.serveAt = NEVER;
    }
  }

  /**
   * The process ran so late that adverts may have been lost on their way to it. One more advert of
   * a live member is due within an interval; the skew keeps the order of several late members.
   */
  private static void listenOn(Turn turn) {
    turn.listenAnew(turn.now + turn.activeInterval + turn.skew());
  }

  /** Active_Down_Interval may be another now; the silence so far counts. */
  private static void changeInBackup(Turn turn, ElectionConfig before) {
    turn.stopClaiming();
    long downBefore = before.activeDownInterval(turn.priority, turn.activeInterval);
    if (turn.config.version() == VrrpVersion.V2 || turn.active == null) {
      turn.activeInterval = turn.config.intervalNanos();
    }
    if (!turn.ready) {
      turn.activeDownAt += turn.activeDownInterval() - downBefore;
    }
    if (turn.config.preempt() != before.preempt()
        || turn.config.preemptDelayNanos() != before.preemptDelayNanos()) {
      turn.preemptAt = NEVER;
    }
  }

  private static void resignationInBackup(Turn turn, Input.AdvertReceived advert) {
    int left = advert.source().equals(turn.active) ? turn.activePriority : 0;
    turn.hear(advert);
    // Never later than it was: a stream of resignations must not keep the takeover off.
    if (!turn.ready) {
      turn.waitUntil(Math.min(turn.activeDownAt, turn.listenedSince + turn.skew()));
    }
    // Once for each advert of a member: a stream of resignations asks no more often than it spoke.
    if (left > 0) {
      QuickClaim.begin(turn, left);
    }
  }

  private static void advertInBackup(Turn turn, Input.AdvertReceived advert) {
    if (advert.priority() == VrrpAdvert.PRIORITY_RESIGN) {
      resignationInBackup(turn, advert);
      return;
    }
    turn.stopClaiming();
    if (advert.priority() >= turn.priority) {
      turn.preemptAt = NEVER;
      accept(turn, advert);
    } else if (!turn.config.preempt()) {
      accept(turn, advert);
    } else {
      if (turn.preemptAt == NEVER && turn.config.preemptDelayNanos() > 0) {
        turn.preemptAt = turn.heardAt(advert) + turn.config.preemptDelayNanos();
      }
      if (turn.preemptAt != NEVER && turn.heardAt(advert) < turn.preemptAt) {
        accept(turn, advert);
      } else {
        discard(turn, advert);
      }
    }
  }

  /**
   * A live member of lower priority: Active_Down_Timer goes on and ends in preemption, which is all
   * the member is remembered for.
   */
  private static void discard(Turn turn, Input.AdvertReceived advert) {
    long patience = turn.config.activeDownInterval(advert.priority(), advert.intervalNanos());
    turn.rival =
        new ElectionState.Rival(advert.source(), advert.priority(), advert.receivedAt() + patience);
  }

  private static void accept(Turn turn, Input.AdvertReceived advert) {
    turn.hear(advert);
    if (turn.config.version() == VrrpVersion.V3) {
      turn.activeInterval = advert.intervalNanos();
    }
    turn.waitUntil(turn.listenedSince + turn.activeDownInterval());
  }

  /** Section 6.4.3. */
  private static void inActive(Turn turn, Input input) {
    switch (input) {
      case Input.AdvertReceived advert -> advertInActive(turn, advert);
      case Input.TimerDue due -> deadlinesInActive(turn);
      case Input.PriorityChanged change -> turn.priority = change.priority();
      case Input.Prepared prepared -> {
        if (turn.prepareBy != NEVER) {
          turn.prepareBy = NEVER;
          if (prepared.failure() == null) {
            serve(turn);
          } else {
            resignUnprepared(turn, prepared.failure());
          }
        }
      }
      case Input.Fenced fenced -> standDown(turn);
      case Input.GroupLeft left -> resignAndListen(turn, left.cause());
      case Input.GroupContested contested -> announceAgain(turn);
      case Input.Reconnected reconnected -> {
        if (turn.holding) {
          announce(turn);
        }
      }
      case Input.ConfigChanged change -> changeInActive(turn, change.before());
      case Input.FaultRaised fault -> resign(turn, FAULT, new Cause.FaultRaised(fault.what()));
      case Input.Shutdown shutdown -> resign(turn, INITIALIZE, new Cause.Stopped());
      default -> {}
    }
  }

  private static void changeInActive(Turn turn, ElectionConfig before) {
    if (turn.config.intervalNanos() < before.intervalNanos()) {
      turn.sendAdvert();
      turn.advertAt = turn.now + turn.config.intervalNanos();
    }
    Duration refresh = turn.config.announcements().refresh();
    if (turn.holding && !refresh.equals(before.announcements().refresh())) {
      turn.refreshAt = turn.after(refresh);
    }
  }

  private static void advertInActive(Turn turn, Input.AdvertReceived advert) {
    if (advert.priority() == VrrpAdvert.PRIORITY_RESIGN) {
      turn.sendAdvert();
      turn.advertAt = turn.now + turn.config.intervalNanos();
    } else if (advert.priority() > turn.priority) {
      yieldTo(turn, advert, new Cause.HigherPriority(advert.source(), advert.priority()));
    } else if (advert.priority() == turn.priority) {
      int order = advert.source().compareTo(turn.config.ownAddress());
      if (order > 0) {
        yieldTo(turn, advert, new Cause.HigherAddress(advert.source(), advert.priority()));
      } else if (order < 0) {
        assertAgainst(turn, advert);
      }
    } else {
      assertAgainst(turn, advert);
    }
  }

  /**
   * Another member believes to be ACTIVE but loses the comparison: it, and the bridges, must hear
   * so.
   */
  private static void assertAgainst(Turn turn, Input.AdvertReceived advert) {
    turn.act(new Action.ReportLowerPriority(advert.source(), advert.priority()));
    if (turn.config.replyToLowerPriority()) {
      turn.sendAdvert();
    }
    announceAgain(turn);
  }

  private static void announceAgain(Turn turn) {
    int repeat = turn.config.announcements().lowerPriorityRepeat();
    if (turn.holding && repeat > 0) {
      turn.act(new Action.Announce(repeat));
      if (turn.lowerPriorityRoundAt == NEVER) {
        turn.lowerPriorityRoundAt = turn.after(turn.config.announcements().lowerPriorityDelay());
      }
    }
  }

  private static void yieldTo(Turn turn, Input.AdvertReceived advert, Cause cause) {
    if (turn.config.adviseHigherPriority()) {
      turn.sendAdvert();
    }
    turn.release();
    turn.enter(BACKUP, cause);
    turn.listenedSince = advert.receivedAt();
    accept(turn, advert);
  }

  private static void deadlinesInActive(Turn turn) {
    if (turn.now >= turn.advertAt) {
      turn.sendAdvert();
      long next = turn.advertAt + turn.config.intervalNanos();
      turn.advertAt = next > turn.now ? next : turn.now + turn.config.intervalNanos();
    }
    if (turn.now >= turn.serveAt) {
      prepareOrServe(turn);
    }
    if (turn.now >= turn.prepareBy) {
      resignUnprepared(
          turn, "it was not ready within " + Duration.ofNanos(turn.config.prepareNanos()));
      return;
    }
    if (turn.now >= turn.secondRoundAt) {
      turn.secondRoundAt = NEVER;
      turn.act(new Action.Announce(turn.config.announcements().repeat()));
    }
    if (turn.now >= turn.refreshAt) {
      turn.refreshAt = turn.after(turn.config.announcements().refresh());
      turn.act(new Action.Announce(turn.config.announcements().refreshRepeat()));
    }
    if (turn.now >= turn.lowerPriorityRoundAt) {
      turn.lowerPriorityRoundAt = NEVER;
      turn.act(new Action.Announce(turn.config.announcements().lowerPriorityRepeat()));
    }
  }

  private static void inFault(Turn turn, Input input) {
    switch (input) {
      case Input.FaultCleared cleared ->
          beginListening(turn, new Cause.FaultCleared(), new Cause.FaultCleared());
      case Input.PriorityChanged change -> turn.priority = change.priority();
      case Input.Shutdown shutdown -> turn.enter(INITIALIZE, new Cause.Stopped());
      default -> {}
    }
  }

  /**
   * An owner is ACTIVE at once; everybody else listens for one Active_Down_Interval before
   * claiming.
   */
  private static void beginListening(Turn turn, Cause asBackup, Cause asOwner) {
    if (turn.priority == VrrpAdvert.PRIORITY_OWNER) {
      if (turn.config.grouped()) {
        listen(turn, asBackup);
        turn.beReady();
      } else {
        becomeActive(turn, asOwner);
      }
    } else {
      listen(turn, asBackup);
    }
  }

  private static void listen(Turn turn, Cause cause) {
    turn.activeInterval = turn.config.intervalNanos();
    turn.forgetActive();
    turn.enter(BACKUP, cause);
    turn.waitUntil(turn.now + turn.activeDownInterval());
  }

  private static Cause whyDown(Turn turn) {
    IpAddress resigned = turn.activePriority == VrrpAdvert.PRIORITY_RESIGN ? turn.active : null;
    if (resigned != null) {
      return new Cause.PeerResigned(resigned);
    }
    ElectionState.Rival rival = turn.rival;
    return rival != null && turn.now <= rival.aliveUntil()
        ? new Cause.Preempted(rival.peer(), rival.priority())
        : new Cause.ActiveDown(Duration.ofNanos(turn.now - turn.listenedSince));
  }

  private static void becomeActive(Turn turn, Cause cause) {
    long serveAt = turn.serveAt == NEVER ? turn.now : QuickClaim.serveAt(turn);
    turn.stopListening();
    turn.forgetActive();
    turn.activeInterval = turn.config.intervalNanos();
    turn.sendAdvert();
    turn.advertAt = turn.now + turn.config.intervalNanos();
    if (serveAt > turn.now) {
      turn.serveAt = serveAt;
      turn.enter(ACTIVE, cause);
    } else if (turn.config.prepareNanos() > 0) {
      turn.enter(ACTIVE, cause);
      prepare(turn);
    } else {
      serve(turn);
      turn.enter(ACTIVE, cause);
    }
  }

  private static void prepareOrServe(Turn turn) {
    turn.serveAt = NEVER;
    if (turn.config.prepareNanos() > 0) {
      prepare(turn);
    } else {
      serve(turn);
    }
  }

  private static void prepare(Turn turn) {
    turn.prepareBy = turn.now + turn.config.prepareNanos();
    turn.act(new Action.Prepare());
  }

  private static void serve(Turn turn) {
    turn.holding = true;
    turn.act(new Action.Bind());
    announce(turn);
    turn.refreshAt = turn.after(turn.config.announcements().refresh());
  }

  private static void announce(Turn turn) {
    turn.act(new Action.Announce(turn.config.announcements().repeat()));
    turn.secondRoundAt = turn.after(turn.config.announcements().secondRoundDelay());
  }

  /**
   * The process ran again so late that another member may have taken over: it must not speak before
   * it has listened, and whatever is said now is judged as a BACKUP.
   */
  private static void standDown(Turn turn) {
    turn.release();
    listen(turn, new Cause.LateWake(Duration.ofNanos(turn.now - turn.lastAdvertAt)));
  }

  /**
   * Leaves voluntarily: first the addresses, then the word that they are free, so that nobody
   * overlaps.
   */
  private static void resign(Turn turn, RouterState to, Cause cause) {
    turn.release();
    turn.act(new Action.SendAdvert(VrrpAdvert.PRIORITY_RESIGN));
    turn.enter(to, cause);
  }

  private static void resignAndListen(Turn turn, Cause cause) {
    turn.release();
    turn.act(new Action.SendAdvert(VrrpAdvert.PRIORITY_RESIGN));
    listen(turn, cause);
  }

  private static void resignUnprepared(Turn turn, String failure) {
    resignAndListen(turn, new Cause.PrepareFailed(failure));
    // Otherwise a member that cannot serve would claim the addresses from one that can, again and
    // again.
    turn.preemptAt = turn.now + PREPARE_HOLD_OFF * turn.config.prepareNanos();
  }

  private static void leaveBackup(Turn turn, RouterState to, Cause cause) {
    turn.stopListening();
    turn.forgetActive();
    turn.enter(to, cause);
  }
}
