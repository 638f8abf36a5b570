package io.havip.testkit.explore;

import java.util.List;

/**
 * A group at one moment, on a clock that always shows zero. Equal worlds have equal futures.
 *
 * @param members the members, by index
 * @param flying adverts under way, in their order, so that histories which differ only in who sent
 *     first meet again
 * @param losses adverts that may still be lost
 * @param failures crashes and stops that may still happen
 * @param calm nanoseconds since the last loss, failure or start; no longer counted once it is as
 *     long as a law asks for
 * @param contested nanoseconds for which two members have been ACTIVE without a loss; counted
 *     likewise
 * @param vacant nanoseconds for which nobody has been ACTIVE although somebody ran; counted
 *     likewise
 */
public record World(
    List<Member> members,
    List<Message> flying,
    int losses,
    int failures,
    long calm,
    long contested,
    long vacant) {

  /** Copies the lists and brings the adverts into order. */
  public World {
    members = List.copyOf(members);
    flying = flying.stream().sorted().toList();
  }

  /** {@return how many members are ACTIVE} */
  public int actives() {
    int count = 0;
    for (Member member : members) {
      if (member.active()) {
        count++;
      }
    }
    return count;
  }
}
