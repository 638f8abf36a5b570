package io.havip.linux.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/interop.md} says what the tests of this package run. After a change render it again
 * with {@code -Dhavip.docs.write=true} and look at what changed.
 */
class InteropDocTest {

  /** Maven runs tests in the module's folder, other tools in the project's. */
  private static final Path DOCUMENT =
      Stream.of("../docs", "docs")
          .map(Path::of)
          .filter(Files::isDirectory)
          .findFirst()
          .orElseThrow()
          .resolve("interop.md");

  @Test
  void thePageSaysWhatIsTested() throws IOException {
    String rendered = render();
    if (Boolean.getBoolean("havip.docs.write")) {
      Files.writeString(DOCUMENT, rendered);
    }
    assertThat(Files.readString(DOCUMENT))
        .as("%s; render it again with -Dhavip.docs.write=true", DOCUMENT)
        .isEqualTo(rendered);
  }

  private static String render() {
    return TEXT.replace("{takeovers}", takeovers()).replace("{faults}", faults());
  }

  private static final String TEXT =
      """
      # Beside Keepalived and FRR

      What is tested with the real programs, as Debian 12 has them (Keepalived 2.2.7, FRR 8.4.4), in network
      namespaces on one bridge. This page is rendered from the tests in `havip-spi-linux`, package
      `io.havip.linux.interop`, which run with `./build verify`.

      ## Takeover

      Each cell names the event of the holder after which the other program takes over: announces the address, is
      reached by a client under the right MAC address, and alone sends adverts before. **Bold**: in every build. Plain:
      with `-Dhavip.matrix=full`. A dash: the program cannot do it. "Killed" is SIGKILL and the loss of the whole host,
      "stopped" is SIGTERM and priority 0.

      | group | Keepalived takes over from us | we take over from Keepalived | FRR takes over from us | we take over from FRR |
      |---|---|---|---|---|
      {takeovers}

      ## Elections among live members (`ContestIT`)

      | what | with | in every build |
      |---|---|---|
      | we preempt a peer of lower priority | Keepalived and FRR, IPv4 and IPv6 | yes |
      | a peer of higher priority preempts us | Keepalived and FRR, IPv4 and IPv6 | yes |
      | `preempt_delay`, ours and theirs | Keepalived | yes |
      | equal priority: the holder stays | Keepalived | yes |
      | two holders of equal priority after a partition: the higher address stays, theirs or ours | Keepalived | yes |
      | three members, one of each program, in one group with a virtual MAC | Keepalived and FRR | yes |

      ## Gateways (`SyncGroupIT`), announcements (`SpacingIT`)

      Our member and Keepalived read the same file; only the priority differs.

      | what | with |
      |---|---|
      | a sync group of an inside and an outside router: one cable of ours is pulled, Keepalived takes both addresses; it is plugged in again, ours takes both back | Keepalived |
      | the same with a cable of Keepalived's, and ours takes both | Keepalived |
      | adverts are lost inside alone: nobody takes anything, for the other is alive outside | Keepalived |
      | `vrrp_garp_interval`, `vrrp_gna_interval`: each address is announced as often as the file says, never two within the interval, and no advert is late | the file |
      | the same file in Keepalived 2.2.7: never two within the interval, but 4 announcements where the file says 9 | Keepalived |

      ## An interface made anew (`InterfaceAnewIT`)

      The interface of our member is deleted: ours is in FAULT and Keepalived takes over. It is made again under the same
      name: ours takes the role back, over IPv4 and IPv6, with and without `use_vmac`. With `dynamic_interfaces` ours is started
      before its interface exists: it waits in FAULT, and takes the role when the interface appears.

      ## Packets to the address (`AcceptModeIT`)

      With `no_accept` the ACTIVE member answers ARP, and IPv6 neighbour solicitations to the group and to the address, and takes
      neither a ping nor a TCP connection in, over IPv4 and IPv6, with and without `use_vmac`; what goes through the address as a
      gateway passes. Keepalived does the same with the same file. A changed setting takes effect without a failover, and what a
      killed member left of it is gone with the next start.

      ## Virtual MAC addresses (`VirtualMacIT`)

      | what | with |
      |---|---|
      | `use_vmac`: adverts come from the virtual MAC address; with `vmac_xmit_base` from the interface's own, while the address is announced and found at the virtual one | the file |
      | `vmac_xmit_base` on both: each takes over from the other | Keepalived |
      | a changed file: priority and addresses change while the interface and the role stay; with `use_vmac` taken away or given back the address moves between the two MAC addresses | the file |

      ## Wrong adverts (`InjectedFaultsIT`)

      A third host sends them over IPv4 and IPv6, each to three groups of which one has our member alone, one
      Keepalived and one FRR. Who refuses them hears nobody and takes over. Our refusals are counted by peer under the
      reason in the table. Over both protocols the same holds unless the cell says otherwise; version 2 is for IPv4
      alone, and FRR does not know it.

      | wrong advert | our member | Keepalived 2.2.7 | FRR 8.4.4 |
      |---|---|---|---|
      {faults}
      | a stream of bad checksums, one every 0.4 s for 8 s, to the holder at 1 s adverts | sends 8 adverts meanwhile | sends none | |

      An interval of 0 is accepted by Keepalived and by FRR, which then change their state with every such advert.

      ## What the others do that may surprise

      - A host on which Keepalived holds an address with a virtual MAC can leave its own MAC address in the tables of
        clients until the next announcement, because the interface below speaks for the address too. Ours sets
        `arp_ignore` and `arp_announce` there, see [decision 5](decisions/0005-virtual-mac.md).
      - FRR sets its interface up and announces an IPv6 address at the same moment; the announcement is often lost. Its
        adverts, which come from the virtual MAC, repair the bridges' tables within an interval.
      - FRR's host answers ARP for the address with its own MAC, also as a backup, unless its administrator sets `arp_ignore`.
      - FRR leaves out the answer to an advert of lower priority, and knows neither version 2, nor unicast, nor
        authentication.
      """;

  private static String takeovers() {
    return TakeoverRow.all().stream()
        .map(InteropDocTest::group)
        .distinct()
        .map(group ->
            "| %s | %s | %s | %s | %s |"
                .formatted(
                    group,
                    cell(group, Peer.Kind.KEEPALIVED, true),
                    cell(group, Peer.Kind.KEEPALIVED, false),
                    cell(group, Peer.Kind.FRR, true),
                    cell(group, Peer.Kind.FRR, false)))
        .collect(Collectors.joining("\n"));
  }

  private static String group(TakeoverRow row) {
    return "v%d %s %s".formatted(row.version(), row.six() ? "IPv6" : "IPv4", row.transport());
  }

  private static String cell(String group, Peer.Kind peer, boolean oursFirst) {
    List<TakeoverRow> rows =
        TakeoverRow.all().stream()
            .filter(row ->
                row.peer() == peer && row.oursFirst() == oursFirst && group(row).equals(group))
            .toList();
    return rows.isEmpty()
        ? "–"
        : rows.stream()
            .map(row -> {
              String event = row.killed() ? "killed" : "stopped";
              return row.representative() ? "**" + event + "**" : event;
            })
            .collect(Collectors.joining(", "));
  }

  private static String faults() {
    return Stream.of(Fault.values())
        .map(fault ->
            "| %s | %s | %s | %s |"
                .formatted(
                    fault.words(),
                    ours(fault),
                    others(fault, Fault.Listener.KEEPALIVED),
                    others(fault, Fault.Listener.FRR)))
        .collect(Collectors.joining("\n"));
  }

  private static String ours(Fault fault) {
    String four = ours(fault, false);
    String six = ours(fault, true);
    return four.equals(six) ? four : "IPv4: %s, IPv6: %s".formatted(four, six);
  }

  private static String ours(Fault fault, boolean six) {
    return fault.reason(six).map(r -> "refuses: `" + r.id() + "`").orElse("accepts");
  }

  private static String others(Fault fault, Fault.Listener listener) {
    if (!fault.concerns(listener, false)) {
      return "–";
    }
    return fault.acceptedBy(listener, false) ? "accepts" : "takes over";
  }
}
