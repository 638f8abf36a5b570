package io.havip.linux.internal;

import io.havip.net.VirtualAddress;
import io.havip.spi.Link;
import io.havip.spi.LinkMonitor.LinkListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/** Writes down what a link listener hears. */
final class Recorder implements LinkListener {

  /** What was heard. */
  sealed interface Event {
    record Changed(Link link) implements Event {}

    record Gone() implements Event {}

    record Lost(VirtualAddress address) implements Event {}
  }

  final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  @Override
  public void changed(Link link) {
    events.add(new Event.Changed(link));
  }

  @Override
  public void gone() {
    events.add(new Event.Gone());
  }

  @Override
  public void addressLost(VirtualAddress address) {
    events.add(new Event.Lost(address));
  }

  /** Waits for the next event, which must be of that kind. */
  <E extends Event> E next(Member member, Class<E> kind) {
    Event event = member.take(events, kind.getSimpleName());
    if (!kind.isInstance(event)) {
      throw new AssertionError("expected " + kind.getSimpleName() + " but heard " + event);
    }
    return kind.cast(event);
  }

  /** Waits for a link that satisfies a condition and skips those that do not. */
  Link until(Member member, Predicate<Link> condition) {
    while (true) {
      Link link = next(member, Event.Changed.class).link();
      if (condition.test(link)) {
        return link;
      }
    }
  }

  /** Waits until the link is gone and skips what comes before. */
  void untilGone(Member member) {
    Event event;
    do {
      event = member.take(events, "event");
    } while (!(event instanceof Event.Gone));
  }
}
