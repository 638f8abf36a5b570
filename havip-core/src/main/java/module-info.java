import org.jspecify.annotations.NullMarked;

/**
 * The pure-Java core: election, tracking, the VPC's rules, the {@code keepalived.conf} reader, and
 * the node that drives them on a platform's loop.
 *
 * <p>Of the exported packages only the {@code keepalived.conf} reader touches anything outside: the
 * files it is told to read, and {@code io.havip.core.observe}, which shows a node to management and
 * metrics if the application asks it to. The others are pure.
 */
@NullMarked
@SuppressWarnings("requires-automatic") // Micrometer, which is optional
module io.havip.core {
  requires transitive io.havip.api;
  requires jdk.jfr;
  requires static java.management;
  requires static micrometer.core;
  requires org.slf4j;

  exports io.havip.core.check;
  exports io.havip.core.cloud;
  exports io.havip.core.election;
  exports io.havip.core.keepalived;
  exports io.havip.core.lint;
  exports io.havip.core.monitor;
  exports io.havip.core.observe;
  exports io.havip.core.timing;
  exports io.havip.core.tracking;
  exports io.havip.core.vpc;

  uses io.havip.spi.PlatformProvider;

  provides io.havip.HavipEngine with
      io.havip.core.node.CoreEngine;
}
