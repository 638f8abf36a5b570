package io.havip.testkit.report;

import io.havip.core.check.Finding;
import java.util.List;

/**
 * What is to be drawn, in times and names. A {@code record} is the number of the trace record that
 * explains a thing, or 0 if there is none.
 *
 * @param end length of the run in nanoseconds
 * @param lanes from top to bottom
 * @param arrows messages between lanes
 * @param announcements gratuitous ARP and neighbour advertisements
 * @param bands what went wrong
 * @param brackets takeovers and their bounds
 * @param overlaps times during which several members answered for one address
 * @param findings what was violated
 */
record Diagram(
    long end,
    List<Lane> lanes,
    List<Arrow> arrows,
    List<Point> announcements,
    List<Band> bands,
    List<Bracket> brackets,
    List<Overlap> overlaps,
    List<Finding> findings) {

  /** What a lane is about. */
  enum Kind {
    /** A member: its state, the addresses its kernel has, and when it stood still. */
    NODE,
    /** Where the cloud maps an address. */
    MAPPING,
    /** Whom a client's packets for an address reach. */
    CLIENT
  }

  /**
   * A lane.
   *
   * @param name the station, which arrows name
   * @param note more about it, in small letters
   * @param kind what it is about
   * @param rows of bars; the first of a member holds its states, the others an address each
   * @param still when the member's process did not run though it existed
   */
  record Lane(String name, String note, Kind kind, List<List<Bar>> rows, List<Bar> still) {}

  /**
   * A bar.
   *
   * @param from its begin
   * @param to its end
   * @param style a word that chooses the colour
   * @param label written into it
   * @param words what a person reads who asks
   * @param record the cause
   */
  record Bar(long from, long to, String style, String label, String words, long record) {}

  /**
   * A message.
   *
   * @param sent when
   * @param from the sender
   * @param arrived when it arrived or was lost
   * @param to the receiver; empty if it was lost before it had one
   * @param lost whether it was lost
   * @param resigns whether it is an advert with priority 0
   * @param record the record of its departure
   * @param end the record of its arrival or loss
   */
  record Arrow(
      long sent,
      String from,
      long arrived,
      String to,
      boolean lost,
      boolean resigns,
      long record,
      long end) {}

  /**
   * A moment on a lane.
   *
   * @param at when
   * @param lane where
   * @param words what a person reads who asks
   * @param record the cause
   */
  record Point(long at, String lane, String words, long record) {}

  /**
   * Something that went wrong.
   *
   * @param from its begin
   * @param to its end, or that of the run
   * @param lanes whom it concerned
   * @param words what
   * @param record the fault
   */
  record Band(long from, long to, List<String> lanes, String words, long record) {}

  /**
   * A takeover and what it was allowed to take.
   *
   * @param from when the holder fell silent
   * @param allowed when another had to hold the address at the latest
   * @param taken when another did
   * @param member who
   * @param words what was allowed, and why
   * @param record the change of state
   */
  record Bracket(long from, long allowed, long taken, String member, String words, long record) {}

  /**
   * Several members answered for one address.
   *
   * @param from its begin
   * @param to its end
   * @param members who
   * @param address for what
   * @param record what began it
   */
  record Overlap(long from, long to, List<String> members, String address, long record) {}
}
