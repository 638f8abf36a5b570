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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets adverts for one router in or refuses them, and counts both. */
final class Reception {

  private static final long CENTISECOND = 10_000_000L;

  private ReceiveRules rules;
  private final RefusalLedger refusals;
  private final PeerLedger peers;
  private final Set<ChecksumForm> forms;
  private @Nullable Known known;

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
    known = null;
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
   * @return what the election is to hear, or null if it was refused
   */
  Input.@Nullable AdvertReceived judge(
      VrrpParse.Accepted parsed, ReceivedAdvert message, boolean listening, IpAddress ownAddress) {
    IpAddress peer = message.source();
    if (!listening || !rules.listens()) {
      refusals.ignore(peer, Refusal.of(RefusalReason.NOT_LISTENING));
      return null;
    }
    VrrpAdvert advert = parsed.advert();
    Known before = known;
    if (before == null || !before.permits(parsed, message, ownAddress)) {
      Refusal refusal =
          rules.judge(advert, peer, message.destination(), message.hopLimit(), ownAddress);
      if (refusal != null) {
        refusals.refuse(peer, refusal);
        return null;
      }
      boolean sameAddresses = rules.sameAddresses(advert);
      before = new Known(parsed, copy(message), peer, message, ownAddress, sameAddresses);
      known = before;
    }
    peers.accepted(peer, parsed, before.sameAddresses());
    return new Input.AdvertReceived(
        peer, advert.priority(), advert.intervalCentiseconds() * CENTISECOND, message.receivedAt());
  }

  /**
   * An ACTIVE member says the same words ten or a hundred times a second.
   *
   * @return the parsed message if it is, byte by byte, the one that was let in last; else null
   */
  VrrpParse.@Nullable Accepted again(ReceivedAdvert message) {
    Known before = known;
    return before != null && before.isAgain(message) ? before.parsed() : null;
  }

  private static byte[] copy(ReceivedAdvert message) {
    return Arrays.copyOfRange(
        message.buffer(), message.offset(), message.offset() + message.length());
  }

  /** The message that was let in last. */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  private record Known(
      VrrpParse.Accepted parsed,
      byte[] bytes,
      IpAddress source,
      IpAddress destination,
      int hopLimit,
      IpAddress ownAddress,
      boolean sameAddresses) {

    Known(
        VrrpParse.Accepted parsed,
        byte[] bytes,
        IpAddress source,
        ReceivedAdvert message,
        IpAddress ownAddress,
        boolean sameAddresses) {
      this(
          parsed,
          bytes,
          source,
          message.destination(),
          message.hopLimit(),
          ownAddress,
          sameAddresses);
    }

    /** The checksum covers source and destination, too. */
    boolean isAgain(ReceivedAdvert message) {
      return message.source().equals(source)
          && message.destination().equals(destination)
          && Arrays.equals(
              bytes,
              0,
              bytes.length,
              message.buffer(),
              message.offset(),
              message.offset() + message.length());
    }

    boolean permits(VrrpParse.Accepted again, ReceivedAdvert message, IpAddress own) {
      return again.equals(parsed) && message.hopLimit() == hopLimit && own.equals(ownAddress);
    }
  }

  List<RouterSnapshot.RefusalCount> refusals() {
    return refusals.counts();
  }

  List<RouterSnapshot.Peer> peers() {
    return peers.peers();
  }
}
