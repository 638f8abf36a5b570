package io.havip.core.lint;

import io.havip.Transport;
import io.havip.VirtualRouterConfig;
import io.havip.core.keepalived.Directive;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** How the members elect. */
final class ElectionRules {

  /** A delay below this many seconds is hardly longer than one move of the address in the cloud. */
  private static final double SHORTEST_PLAUSIBLE_DELAY = 60;

  private static final Set<String> OFF = Set.of("off", "false", "no");

  private final boolean multicast;
  private final Findings findings;

  ElectionRules(boolean multicast, Findings findings) {
    this.multicast = multicast;
    this.findings = findings;
  }

  void check(Member member, VirtualRouterConfig router) {
    masterWithNopreempt(member, router);
    multicastDropped(member, router);
    preemptDelay(member, router);
    strict(member.statements(router, "strict_mode"), router.name());
  }

  void check(Member member) {
    strict(member.globals("vrrp_strict"), "global_defs");
  }

  private void masterWithNopreempt(Member member, VirtualRouterConfig router) {
    boolean master =
        member.statements(router, "state").anyMatch(s -> s.arguments().contains("MASTER"));
    boolean nopreempt = member.statements(router, "nopreempt").findAny().isPresent();
    if (master && nopreempt) {
      findings.warn(
          CloudRule.MASTER_WITH_NOPREEMPT,
          member.place(router, "state"),
          router.name(),
          "state MASTER makes nopreempt void: this member takes the address back whenever it"
              + " returns, and each move interrupts clients",
          "write 'state BACKUP' on every member");
    }
  }

  private void multicastDropped(Member member, VirtualRouterConfig router) {
    if (!multicast && router.transport() instanceof Transport.Multicast) {
      findings.error(
          CloudRule.MULTICAST_DROPPED,
          member.place(router),
          router.name(),
          "adverts go out by multicast, which this VPC drops: every member elects itself and the"
              + " address moves to whoever announced it last",
          "list the other members in unicast_peer and give unicast_src_ip; or have multicast"
              + " switched on for the VPC and say so here");
    }
  }

  private void preemptDelay(Member member, VirtualRouterConfig router) {
    List<Directive> delays = member.statements(router, "preempt_delay").toList();
    if (delays.isEmpty() || delays.getLast().arguments().isEmpty()) {
      return;
    }
    Directive delay = delays.getLast();
    double seconds = number(delay.arguments().getFirst());
    if (seconds > 0 && seconds < SHORTEST_PLAUSIBLE_DELAY) {
      String value = delay.arguments().getFirst();
      findings.warn(
          CloudRule.PREEMPT_DELAY_UNIT,
          Place.of(delay),
          router.name(),
          "preempt_delay " + value + " is " + value + " seconds, not minutes",
          "if minutes were meant, write preempt_delay " + plain(seconds * 60));
    }
  }

  private void strict(Stream<Directive> statements, String subject) {
    statements
        .reduce((first, second) -> second)
        .filter(ElectionRules::isOn)
        .ifPresent(statement ->
            findings.error(
                CloudRule.STRICT_MODE,
                Place.of(statement),
                subject,
                statement.keyword()
                    + " forbids unicast peers and drops packets to the virtual address in"
                    + " Keepalived",
                "remove " + statement.keyword()));
  }

  private static boolean isOn(Directive statement) {
    return statement.arguments().isEmpty() || !OFF.contains(statement.arguments().getFirst());
  }

  /** The number a word is, or 0; the reader has reported a word that is none. */
  private static double number(String word) {
    try {
      return Double.parseDouble(word);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
