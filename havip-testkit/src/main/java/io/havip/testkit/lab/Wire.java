package io.havip.testkit.lab;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Loses frames on their way through the bridge, one direction at a time. The rules stand in the
 * bridge's namespace, not in a host's: so they lose frames of every kind of socket (a packet socket
 * sees frames before its host's firewall does), and a host's own rule set stays untouched. A
 * capture on the bridge still sees what was sent and lost.
 */
public final class Wire {

  private record Loss(String fromPort, String toPort, Traffic traffic) {
    String rule() {
      return "    "
          + (fromPort.isEmpty() ? "" : "iifname \"" + fromPort + "\" ")
          + (toPort.isEmpty() ? "" : "oifname \"" + toPort + "\" ")
          + traffic.match()
          + "counter drop";
    }
  }

  private final String bridgeNamespace;
  private final Set<Loss> losses = new LinkedHashSet<>();

  Wire(String bridgeNamespace) {
    this.bridgeNamespace = bridgeNamespace;
  }

  /**
   * Loses what one host sends to another; the other direction still works.
   *
   * @param from the sender
   * @param to the host that no longer receives it
   * @param traffic what is lost
   */
  public void lose(LabHost from, LabHost to, Traffic traffic) {
    add(new Loss(from.port(), to.port(), traffic));
  }

  /**
   * Loses what a host sends, to whomever.
   *
   * @param from the sender
   * @param traffic what is lost
   */
  public void loseFrom(LabHost from, Traffic traffic) {
    add(new Loss(from.port(), "", traffic));
  }

  /**
   * Loses what would arrive at a host, from whomever.
   *
   * @param to the host that no longer receives it
   * @param traffic what is lost
   */
  public void loseTo(LabHost to, Traffic traffic) {
    add(new Loss("", to.port(), traffic));
  }

  /** Ends all losses. Cut cables stay cut; see {@link LabHost#plugCable}. */
  public synchronized void heal() {
    losses.clear();
    install();
  }

  private synchronized void add(Loss loss) {
    if (losses.add(loss)) {
      install();
    }
  }

  /** Replaces all rules in one transaction, so there is no moment with half of them. */
  private void install() {
    String rules = losses.stream().map(Loss::rule).collect(Collectors.joining("\n"));
    Command.of(
            "ip",
            "netns",
            "exec",
            bridgeNamespace,
            "nft",
            """
            table bridge lab
            delete table bridge lab
            table bridge lab {
              chain forward {
                type filter hook forward priority 0; policy accept;
            %s
              }
            }
            """
                .formatted(rules))
        .run();
  }
}
