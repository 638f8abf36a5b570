import org.jspecify.annotations.NullMarked;

/**
 * The pure-Java core: election, tracking, the VPC's rules, the {@code keepalived.conf} reader, and
 * the node that drives them on a platform's loop.
 *
 * <p>Every exported package is pure: no clock, thread, randomness, socket or file.
 */
@NullMarked
module io.havip.core {
  requires transitive io.havip.api;
  requires org.slf4j;
}
