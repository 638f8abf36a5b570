package io.havip.testkit.sim;

import io.havip.net.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Something that goes wrong, or its end, as a value that can be printed, scheduled and compared.
 *
 * <p>Faults are total: one that finds nothing to do, such as the resumption of a process that is
 * not paused, does nothing. Only a name that the simulation does not know is an error.
 */
public sealed interface Fault
    permits Fault.Crash,
        Fault.Kill,
        Fault.Stop,
        Fault.Restart,
        Fault.Pause,
        Fault.Resume,
        Fault.Freeze,
        Fault.Thaw,
        Fault.Slow,
        Fault.LinkDown,
        Fault.LinkUp,
        Fault.InterfaceGone,
        Fault.InterfaceBack,
        Fault.CableCut,
        Fault.CableMended,
        Fault.Cut,
        Fault.Mend,
        Fault.Partition,
        Fault.Unite,
        Fault.MendAll,
        Fault.Impair,
        Fault.ImpairAll,
        Fault.RemoveAddress,
        Fault.JumpWallClock,
        Fault.Refuse,
        Fault.Allow,
        StrangerFault,
        CloudFault {

  /**
   * Returns one clause for a person. Stable: equal faults give equal text.
   *
   * @return one clause for a person
   */
  String describe();

  /** {@return the fault that ends this one, if one fault can} */
  default Optional<Fault> undone() {
    return Optional.empty();
  }

  /**
   * The host loses its power: the process and everything its kernel had learned are gone, nothing
   * answers. {@link Restart} starts it again with its own addresses only.
   *
   * @param host its name
   */
  record Crash(String host) implements Fault {
    @Override
    public String describe() {
      return "crash of " + host;
    }

    @Override
    public Optional<Fault> undone() {
      return Optional.of(new Restart(host));
    }
  }

  /**
   * The process on a host ends at once, as by SIGKILL. Its kernel goes on and keeps the addresses
   * it had bound, unless the host's fence removes them.
   *
   * @param host its name
   */
  record Kill(String host) implements Fault {
    @Override
    public String describe() {
      return "kill of the process on " + host;
    }

    @Override
    public Optional<Fault> undone() {
      return Optional.of(new Restart(host));
    }
  }

  /**
   * The process is asked to end: it stops its program in an orderly way. A paused process does so
   * when it is resumed.
   *
   * @param host its name
   */
  record Stop(String host) implements Fault {
    @Override
    public String describe() {
      return "stop of the process on " + host;
    }

    @Override
    public Optional<Fault> undone() {
      return Optional.of(new Restart(host));
    }
  }

  /**
   * The program runs again in a new process; a host without power gets it first, and a process that
   * still runs is killed first. If the program cannot start, because the host lacks what it needs,
   * there is no process and the trace says why.
   *
   * @param host its name
   */
  record Restart(String host) implements Fault {
    @Override
    public String describe() {
      return "restart of the process on " + host;
    }
  }

  /**
   * The process does not run (SIGSTOP, a garbage collection). Its kernel answers ARP and queues
   * packets, and the clock goes on.
   *
   * @param host its name
   */
  record Pause(String host) implements Fault {
    @Override
    public String describe() {
      return "pause of the process on " + host;
    }

    @Override
    public Optional<Fault> undone() {
      return Optional.of(new Resume(host));
    }
  }

  /**
   * A paused process runs again: it reads what has waited before its overdue deadlines fire.
   *
   * @param host its name
   */
  record Resume(String host) implements Fault {
    @Override
    public String describe() {
      return "resume of the process on " + host;
    }
  }

  /**
   * The whole host stands still, its clock too, as when a virtual machine is moved: nothing
   * answers, packets for it are lost, and afterwards it cannot know that time has passed.
   *
   * @param host its name
   */
  record Freeze(String host) implements Fault {
    @Override
    public String describe() {
      return "freeze of " + host;
    }

    @Override
    public Optional<Fault> undone() {
      return Optional.of(new Thaw(host));
    }
  }

  /**
   * A frozen host goes on.
   *
   * @param host its name
   */
  record Thaw(String host) implements Fault {
    @Override
    public String describe() {
      return "thaw of " + host;
    }
  }

  /**
   * Every turn of the loop begins late.
   *
   * @param host its name
   * @param by how late at least, counted from when there is something to do; zero and no jitter
   *     ends the fault
   * @param jitter how much later at most
   */
  record Slow(String host, Duration by, Duration jitter) implements Fault {
    @Override
    public String describe() {
      return "process on " + host + " late by " + Times.text(by) + " + up to " + Times.text(jitter);
    }

    @Override
    public Optional<Fault> undone() {
      return Optional.of(new Slow(host, Duration.ZERO, Duration.ZERO));
    }
  }

  /**
   * An interface goes down, and the host knows it.
   *
   * @param host the host's name
   * @param interfaceName the interface
   */
  record LinkDown(String host, String interfaceName) implements Fault {
    @Override
    public String describe() {
      return "link down: " + interfaceName + " of " + host;
    }

    @Override
    public Optional<Fault> undone() {
      return Optional.of(new LinkUp(host, interfaceName));
    }
  }

  /**
   * An interface comes up.
   *
   * @param host the host's name
   * @param interfaceName the interface
   */
  record LinkUp(String host, String interfaceName) implements Fault {
    @Override
    public String describe() {
      return "link up: " + interfaceName + " of " + host;
    }
  }

  /**
   * An interface disappears with its addresses.
   *
   * @param host the host's name
   * @param interfaceName the interface
   */
  record InterfaceGone(String host, String interfaceName) implements Fault {
    @Override
    public String describe() {
      return "interface gone: " + interfaceName + " of " + host;
    }

    @Override
    public Optional<Fault> undone() {
      return Optional.of(new InterfaceBack(host, interfaceName));
    }
  }

  /**
   * An interface is there again under its name, with its own addresses and another index.
   *
   * @param host the host's name
   * @param interfaceName the interface
   */
  record InterfaceBack(String host, String interfaceName) implements Fault {
    @Override
    public String describe() {
      return "interface back: " + interfaceName + " of " + host;
    }
  }

  /**
   * Nothing passes between a station and its segments, and the station does not notice: its link
   * stays up, as in a virtual machine or behind a switch.
   *
   * @param station name of a host or client
   */
  record CableCut(String station) implements Fault {
    @Override
    public String describe() {
      return "cable of " + station + " cut";
    }

    @Override
    public Optional<Fault> undone() {
      return Optional.of(new CableMended(station));
    }
  }

  /**
   * The cable works again.
   *
   * @param station name of a host or client
   */
  record CableMended(String station) implements Fault {
    @Override
    public String describe() {
      return "cable of " + station + " mended";
    }
  }

  /**
   * Frames from one station do not reach another.
   *
   * @param from name of a host or client
   * @param to name of a host or client
   * @param bothWays whether frames the other way are lost too
   */
  record Cut(String from, String to, boolean bothWays) implements Fault {
    @Override
    public String describe() {
      return "cut " + arrow(from, to, bothWays);
    }

    @Override
    public Optional<Fault> undone() {
      return Optional.of(new Mend(from, to, bothWays));
    }
  }

  /**
   * Frames from one station reach another again.
   *
   * @param from name of a host or client
   * @param to name of a host or client
   * @param bothWays whether the other way works again too
   */
  record Mend(String from, String to, boolean bothWays) implements Fault {
    @Override
    public String describe() {
      return "mend " + arrow(from, to, bothWays);
    }
  }

  /**
   * Some stations are cut off from all others, both ways; among themselves they hear each other.
   *
   * @param side names of hosts and clients
   */
  record Partition(List<String> side) implements Fault {
    /** Copies the list. */
    public Partition {
      side = List.copyOf(side);
    }

    @Override
    public String describe() {
      return "partition of " + side + " from the rest";
    }

    @Override
    public Optional<Fault> undone() {
      return Optional.of(new Unite(side));
    }
  }

  /**
   * Some stations and all others hear each other again.
   *
   * @param side names of hosts and clients
   */
  record Unite(List<String> side) implements Fault {
    /** Copies the list. */
    public Unite {
      side = List.copyOf(side);
    }

    @Override
    public String describe() {
      return "end of the partition of " + side;
    }
  }

  /** Every cut, cut cable and impaired path works again as well as its segment. */
  record MendAll() implements Fault {
    @Override
    public String describe() {
      return "mend everything";
    }
  }

  /**
   * One path gets a quality of its own, in one direction.
   *
   * @param from name of a host or client
   * @param to name of a host or client
   * @param quality how well it carries
   */
  record Impair(String from, String to, Quality quality) implements Fault {
    @Override
    public String describe() {
      return "path " + arrow(from, to, false) + ": " + quality.describe();
    }
  }

  /**
   * A segment carries better or worse, but for paths with a quality of their own.
   *
   * @param network name of the segment
   * @param quality how well it carries
   */
  record ImpairAll(String network, Quality quality) implements Fault {
    @Override
    public String describe() {
      return "segment " + network + ": " + quality.describe();
    }
  }

  /**
   * Somebody else takes an address off an interface, as {@code ip addr del} does.
   *
   * @param host the host's name
   * @param interfaceName the interface
   * @param address the address, with whatever prefix
   */
  record RemoveAddress(String host, String interfaceName, IpAddress address) implements Fault {
    @Override
    public String describe() {
      return address + " taken off " + interfaceName + " of " + host;
    }
  }

  /**
   * The wall clock of a host is set. Nothing may depend on it.
   *
   * @param host its name
   * @param by how far it jumps, forward or back
   */
  record JumpWallClock(String host, Duration by) implements Fault {
    @Override
    public String describe() {
      return "wall clock of " + host + " jumps by " + Times.text(by);
    }

    @Override
    public Optional<Fault> undone() {
      return Optional.of(new JumpWallClock(host, by.negated()));
    }
  }

  /**
   * A host refuses an operation with EPERM.
   *
   * @param host its name
   * @param operation what it refuses
   */
  record Refuse(String host, Operation operation) implements Fault {
    @Override
    public String describe() {
      return host + " refuses " + operation;
    }

    @Override
    public Optional<Fault> undone() {
      return Optional.of(new Allow(host, operation));
    }
  }

  /**
   * A host no longer refuses an operation.
   *
   * @param host its name
   * @param operation what it allows
   */
  record Allow(String host, Operation operation) implements Fault {
    @Override
    public String describe() {
      return host + " allows " + operation;
    }
  }

  private static String arrow(String from, String to, boolean bothWays) {
    return from + (bothWays ? " <-> " : " -> ") + to;
  }
}
