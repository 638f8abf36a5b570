package io.havip.linux.internal.packet;

import io.havip.linux.internal.loop.EventLoop;
import io.havip.net.IpAddress;
import io.havip.net.MacAddress;
import io.havip.spi.NeighborAnnouncer.ProbeListener;
import io.havip.spi.Timers.Deadline;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One question to a link, asked up to three times within the time given (RFC 5227 section 2.1.1
 * asks three times too, but at its leisure).
 */
final class Probe {

  private static final int QUESTIONS = 3;
  private static final long LONGEST_GAP = TimeUnit.SECONDS.toNanos(1);
  private static final long SHORTEST_GAP = TimeUnit.MILLISECONDS.toNanos(1);

  private final EventLoop loop;
  private final IpAddress address;
  private final MacAddress own;
  private final ProbeListener listener;
  private final Consumer<Probe> onEnd;
  private final Runnable question;
  private final Deadline end;
  private final Deadline again;
  private final long gap;
  private int asked;
  private boolean over;

  /**
   * Starts the probe.
   *
   * @param own the MAC address that asks: what comes from it is no answer
   * @param until when silence becomes the answer
   * @param question sends the question
   * @param onEnd called once before the listener
   */
  Probe(
      EventLoop loop,
      IpAddress address,
      MacAddress own,
      long until,
      ProbeListener listener,
      Runnable question,
      Consumer<Probe> onEnd) {
    this.loop = loop;
    this.address = address;
    this.own = own;
    this.listener = listener;
    this.question = question;
    this.onEnd = onEnd;
    end = loop.newDeadline(() -> end(false));
    again = loop.newDeadline(this::ask);
    gap = Math.clamp((until - loop.now()) / QUESTIONS, SHORTEST_GAP, LONGEST_GAP);
    end.arm(until);
  }

  /** Asks, and plans to ask again. */
  void ask() {
    asked++;
    question.run();
    if (asked < QUESTIONS && !over) {
      again.arm(loop.now() + gap);
    }
  }

  IpAddress address() {
    return address;
  }

  /** A neighbour has the address. */
  void claimedBy(MacAddress neighbour) {
    if (!neighbour.equals(own)) {
      end(true);
    }
  }

  /** Ends the probe and tells the listener. */
  void end(boolean answered) {
    if (over) {
      return;
    }
    abandon();
    onEnd.accept(this);
    try {
      listener.probed(answered);
    } catch (Throwable e) {
      loop.report("the listener of a probe for " + address, e);
    }
  }

  /** Ends the probe without telling anybody. */
  void abandon() {
    over = true;
    end.disarm();
    again.disarm();
  }
}
