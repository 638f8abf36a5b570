package io.havip.core.node;

import io.havip.RouterSnapshot;
import io.havip.VirtualRouterConfig;
import io.havip.core.election.Input;
import io.havip.core.election.ReceiveRules;
import io.havip.net.IpAddress;
import io.havip.spi.ReceivedAdvert;
import io.havip.wire.ChecksumForm;
import io.havip.wire.Refusal;
import io.havip.wire.RefusalReason;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpParse;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lets adverts for one router in or refuses them, and counts both. */
final class Reception {

  private static final long CENTISECOND = 10_000_000L;

  private ReceiveRules rules;
  private final RefusalLedger refusals;
  private final PeerLedger peers;
  private final Set<ChecksumForm> forms;

  Reception(VirtualRouterConfig config, Events events) {
    rules = new ReceiveRules(config);
    refusals = new RefusalLedger(config.name(), events);
    peers = new PeerLedger(config.name(), rules.addresses(), events);
    forms =
        config.acceptOldChecksum()
            ? EnumSet.allOf(ChecksumForm.class)
            : EnumSet.of(ChecksumForm.PSEUDO_HEADER, ChecksumForm.MESSAGE_ONLY);
  }

  /** Other settings of the same group; the counts go on. */
  void reconfigure(VirtualRouterConfig config) {
    rules = new ReceiveRules(config);
    peers.expect(rules.addresses());
  }

  /** The checksums with which version 3 over IPv4 is accepted. */
  Set<ChecksumForm> forms() {
    return forms;
  }

  /** Counts a packet that cannot be for this router, or not in this form. */
  void refuse(IpAddress peer, Refusal refusal) {
    refusals.refuse(peer, refusal);
  }

  /**
   * Judges a well-formed advert.
   *
   * @param listening whether the router takes part; if not, nobody is to blame
   * @return what the election is to hear, or empty if it was refused
   */
  Optional<Input.AdvertReceived> judge(
      VrrpParse.Accepted parsed, ReceivedAdvert message, boolean listening, IpAddress ownAddress) {
    IpAddress peer = message.source();
    if (!listening) {
      refusals.ignore(peer, Refusal.of(RefusalReason.NOT_LISTENING));
      return Optional.empty();
    }
    VrrpAdvert advert = parsed.advert();
    Refusal refusal =
        rules.judge(advert, peer, message.destination(), message.hopLimit(), ownAddress);
    if (refusal != null) {
      refusals.refuse(peer, refusal);
      return Optional.empty();
    }
    peers.accepted(peer, parsed, rules.sameAddresses(advert));
    return Optional.of(
        new Input.AdvertReceived(
            peer,
            advert.priority(),
            advert.intervalCentiseconds() * CENTISECOND,
            message.receivedAt()));
  }

  List<RouterSnapshot.RefusalCount> refusals() {
    return refusals.counts();
  }

  List<RouterSnapshot.Peer> peers() {
    return peers.peers();
  }
}
