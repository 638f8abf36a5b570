package io.havip.testkit.node;

import static io.havip.RouterState.ACTIVE;
import static io.havip.RouterState.BACKUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.HavipEvent;
import io.havip.RouterSnapshot;
import io.havip.Transport;
import io.havip.VirtualRouterConfig;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.net.IpAddress;
import io.havip.net.Ipv4Address;
import io.havip.testkit.sim.Fault;
import io.havip.testkit.sim.SimHost;
import io.havip.wire.ChecksumForm;
import io.havip.wire.RefusalReason;
import io.havip.wire.VrrpAdvert;
import io.havip.wire.VrrpAuth;
import io.havip.wire.VrrpCodec;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a member does with each kind of packet. A stranger of priority 200 advertises every second:
 * if its packets count, the member of priority 100 stays BACKUP; if they are refused, it takes over
 * and says why.
 */
class ReceiveTest {

  private static final IpAddress SENDER = IpAddress.parse("172.17.16.20");
  private static final IpAddress GROUP = VrrpCodec.GROUP_IPV4;
  private static final Duration LONG = Duration.ofSeconds(10);

  private final Pair pair = new Pair(5);
  private final SimHost c = pair.lan.host("c", SENDER.toString());
  private final Injector injector = Injector.on(c);

  /**
   * A packet and what becomes of it.
   *
   * @param name the rule
   * @param router the member
   * @param message the bytes
   * @param hopLimit of the packet
   * @param refused why it does not count, or null if it does
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Row(
      String name,
      UnaryOperator<VirtualRouterConfigBuilder> router,
      byte[] message,
      int hopLimit,
      RefusalReason refused) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static byte[] v3(int centiseconds, ChecksumForm form, String... addresses) {
    return encode(VrrpVersion.V3, centiseconds, VrrpAuth.NONE, form, GROUP, addresses);
  }

  private static byte[] good() {
    return v3(100, ChecksumForm.PSEUDO_HEADER, "172.17.16.3");
  }

  private static byte[] v2(int centiseconds, VrrpAuth auth) {
    return encode(
        VrrpVersion.V2, centiseconds, auth, ChecksumForm.MESSAGE_ONLY, GROUP, "172.17.16.3");
  }

  private static byte[] encode(
      VrrpVersion version,
      int centiseconds,
      VrrpAuth auth,
      ChecksumForm form,
      IpAddress destination,
      String... addresses) {
    List<IpAddress> list = Arrays.stream(addresses).map(IpAddress::parse).toList();
    VrrpAdvert advert = new VrrpAdvert(version, 51, 200, centiseconds, list, auth);
    return VrrpCodec.encode(advert, SENDER, destination, form);
  }

  /** Sets bytes and makes the checksum, with pseudo header, right again. */
  private static byte[] altered(byte[] message, int index, int value) {
    byte[] bytes = message.clone();
    bytes[index] = (byte) value;
    bytes[6] = 0;
    bytes[7] = 0;
    byte[] covered = new byte[12 + bytes.length];
    SENDER.write(covered, 0);
    GROUP.write(covered, 4);
    covered[9] = VrrpCodec.PROTOCOL;
    covered[11] = (byte) bytes.length;
    System.arraycopy(bytes, 0, covered, 12, bytes.length);
    int sum = 0;
    for (int i = 0; i < covered.length; i += 2) {
      sum += (covered[i] & 0xff) << 8 | (covered[i + 1] & 0xff);
    }
    int checksum = ~((sum & 0xffff) + (sum >>> 16));
    bytes[6] = (byte) (checksum >>> 8);
    bytes[7] = (byte) checksum;
    return bytes;
  }

  private static Row row(String name, byte[] message, RefusalReason refused) {
    return new Row(name, b -> b, message, 255, refused);
  }

  private static Row v2Row(String name, byte[] message, RefusalReason refused) {
    return new Row(name, b -> b.version(VrrpVersion.V2), message, 255, refused);
  }

  static Stream<Row> rows() {
    byte[] damaged = good();
    damaged[7] ^= 1;
    byte[] noAddress = Arrays.copyOf(good(), 8);
    byte[] longest = v3(4095, ChecksumForm.PSEUDO_HEADER, "172.17.16.3");
    return Stream.of(
        row("a good advert counts", good(), null),
        new Row("TTL 254", b -> b, good(), 254, RefusalReason.TTL_NOT_255),
        row("version 2 at version 3", v2(100, VrrpAuth.NONE), RefusalReason.VERSION_NOT_OURS),
        v2Row("version 3 at version 2", good(), RefusalReason.VERSION_NOT_OURS),
        row("version 4", altered(good(), 0, 0x41), RefusalReason.BAD_VERSION),
        row("type 2", altered(good(), 0, 0x32), RefusalReason.BAD_TYPE),
        row("a damaged checksum", damaged, RefusalReason.BAD_CHECKSUM),
        row(
            "the checksum without pseudo header counts",
            v3(100, ChecksumForm.MESSAGE_ONLY, "172.17.16.3"),
            null),
        row("no address", altered(noAddress, 3, 0), RefusalReason.ZERO_ADDRESSES),
        row(
            "another address list counts",
            v3(100, ChecksumForm.PSEUDO_HEADER, "172.17.16.4", "172.17.16.5"),
            null),
        v2Row(
            "version 2, another interval", v2(200, VrrpAuth.NONE), RefusalReason.INTERVAL_MISMATCH),
        v2Row("version 2, the same interval counts", v2(100, VrrpAuth.NONE), null),
        row(
            "version 3, another interval counts",
            v3(200, ChecksumForm.PSEUDO_HEADER, "172.17.16.3"),
            null),
        row(
            "version 3, interval 0",
            altered(altered(good(), 4, 0), 5, 0),
            RefusalReason.ZERO_INTERVAL),
        row("version 3, the longest interval counts", longest, null),
        row("reserved bits are ignored", altered(good(), 4, 0xf0), null),
        v2Row(
            "a password where none is set",
            v2(100, VrrpAuth.SimplePassword.of("1111")),
            RefusalReason.AUTH_TYPE_MISMATCH),
        new Row(
            "another password",
            b -> b.version(VrrpVersion.V2).authentication(VrrpAuth.SimplePassword.of("2222")),
            v2(100, VrrpAuth.SimplePassword.of("1111")),
            255,
            RefusalReason.AUTH_FAILED),
        row("trailing bytes", Arrays.copyOf(good(), 16), RefusalReason.LENGTH_MISMATCH),
        row(
            "Keepalived's auth_hmac trailer",
            Arrays.copyOf(good(), 12 + 28),
            RefusalReason.AUTH_HMAC_TRAILER),
        row("four bytes", Arrays.copyOf(good(), 4), RefusalReason.TOO_SHORT));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void eachPacketCountsOrIsRefusedWithItsReason(Row row) {
    pair.a.start(row.router().apply(Pair.router(100)).build());
    sayEverySecond(10, row.message(), GROUP, row.hopLimit());

    RouterSnapshot seen = Pair.snapshot(pair.a);
    if (row.refused() == null) {
      assertThat(seen.state()).isEqualTo(BACKUP);
      assertThat(seen.refusals()).isEmpty();
      assertThat(seen.peers())
          .singleElement()
          .satisfies(p -> {
            assertThat(p.address()).isEqualTo(SENDER);
            assertThat(p.advertsAccepted()).isEqualTo(10);
            assertThat(p.priority()).isEqualTo(200);
          });
    } else {
      assertThat(seen.state()).isEqualTo(ACTIVE);
      assertThat(seen.peers()).isEmpty();
      assertThat(seen.refusals())
          .singleElement()
          .satisfies(r -> {
            assertThat(r.peer()).isEqualTo(SENDER);
            assertThat(r.reason()).isEqualTo(row.refused());
            assertThat(r.count()).isEqualTo(10);
            assertThat(r.example()).isNotBlank();
            assertThat(r.last()).isAfter(Instant.EPOCH);
          });
      assertThat(Pair.events(pair.a, HavipEvent.AdvertRefused.class)).hasSize(1);
    }
  }

  @Test
  void theAuthHmacTrailerIsNamed() {
    pair.a.start(Pair.router(100).build());
    sayEverySecond(1, Arrays.copyOf(good(), 40), GROUP, 255);
    assertThat(Pair.snapshot(pair.a).refusals().getFirst().example())
        .contains("Keepalived auth_hmac trailer");
  }

  @Test
  void anotherIntervalIsLearned() {
    pair.a.start(Pair.router(100).build());
    sayEverySecond(1, v3(200, ChecksumForm.PSEUDO_HEADER, "172.17.16.3"), GROUP, 255);
    assertThat(Pair.snapshot(pair.a).activeDownInterval())
        .isEqualTo(Duration.ofNanos(2 * 3_609_375_000L));
  }

  @Test
  void otherAddressesAreReportedAtALimitedRateAndCounted() {
    pair.a.start(Pair.router(100).build());
    sayEverySecond(15, v3(100, ChecksumForm.PSEUDO_HEADER, "172.17.16.4"), GROUP, 255);

    assertThat(Pair.events(pair.a, HavipEvent.AddressesDiffer.class))
        .hasSize(2)
        .first()
        .satisfies(e -> {
          assertThat(e.peer()).isEqualTo(SENDER);
          assertThat(e.missing()).containsExactly(Pair.VIP);
          assertThat(e.unknown()).containsExactly(new Ipv4Address(0xac11_1004));
        });
    assertThat(Pair.snapshot(pair.a).peers().getFirst().otherAddresses()).isEqualTo(15);
  }

  @Test
  void checksumFormsAreCountedPerPeer() {
    pair.a.start(Pair.router(100).build());
    sayEverySecond(3, good(), GROUP, 255);
    sayEverySecond(2, v3(100, ChecksumForm.MESSAGE_ONLY, "172.17.16.3"), GROUP, 255);
    assertThat(Pair.snapshot(pair.a).peers().getFirst().checksums())
        .isEqualTo(Map.of(ChecksumForm.PSEUDO_HEADER, 3L, ChecksumForm.MESSAGE_ONLY, 2L));
  }

  @Test
  void anAdvertOfAnotherGroupWithOurAddressIsCountedAndReported() {
    pair.a.start(Pair.router(100).build());
    sayEverySecond(5, altered(good(), 1, 52), GROUP, 255);

    assertThat(Pair.snapshot(pair.a).refusals())
        .singleElement()
        .satisfies(r -> {
          assertThat(r.reason()).isEqualTo(RefusalReason.FOREIGN_CLAIM);
          assertThat(r.count()).isEqualTo(5);
          assertThat(r.example()).contains("52").contains("51");
        });
    assertThat(Pair.events(pair.a, HavipEvent.AdvertRefused.class)).hasSize(1);
  }

  @Test
  void anotherGroupIsCountedInTheSnapshotAndNoEvent() {
    pair.a.start(Pair.router(100).build());
    byte[] other = altered(v3(100, ChecksumForm.PSEUDO_HEADER, "172.17.16.99"), 1, 52);
    sayEverySecond(5, other, GROUP, 255);

    assertThat(pair.a.node().orElseThrow().snapshot().strangers())
        .singleElement()
        .satisfies(s -> {
          assertThat(s.interfaceName()).isEqualTo("eth0");
          assertThat(s.count().peer()).isEqualTo(SENDER);
          assertThat(s.count().reason()).isEqualTo(RefusalReason.UNKNOWN_VRID);
          assertThat(s.count().count()).isEqualTo(5);
        });
    assertThat(Pair.events(pair.a, HavipEvent.AdvertRefused.class)).isEmpty();
    assertThat(Pair.snapshot(pair.a).refusals()).isEmpty();
  }

  @Test
  void unicast_aStrangerIsRefusedByDefault() {
    pair.a.start(Pair.router(100).unicast("172.17.16.7", "172.17.16.13").build());
    sayEverySecond(10, toA(ChecksumForm.PSEUDO_HEADER), IpAddress.parse("172.17.16.7"), 255);
    assertThat(Pair.state(pair.a)).isEqualTo(ACTIVE);
    assertThat(Pair.snapshot(pair.a).refusals().getFirst().reason())
        .isEqualTo(RefusalReason.NOT_A_PEER);
  }

  @Test
  void unicast_aPeerIsHeardWhateverItsHopLimit() {
    pair.a.start(Pair.router(100).unicast("172.17.16.7", SENDER.toString()).build());
    sayEverySecond(10, toA(ChecksumForm.PSEUDO_HEADER), IpAddress.parse("172.17.16.7"), 64);
    assertThat(Pair.state(pair.a)).isEqualTo(BACKUP);
  }

  @Test
  void unicastAtAMulticastRouterIsRefused() {
    pair.a.start(Pair.router(100).build());
    sayEverySecond(10, toA(ChecksumForm.PSEUDO_HEADER), IpAddress.parse("172.17.16.7"), 255);
    assertThat(Pair.snapshot(pair.a).refusals().getFirst().reason())
        .isEqualTo(RefusalReason.NOT_MULTICAST);
  }

  @Test
  void unicast_theChecksumOfKeepalived136IsRefused() {
    pair.a.start(Pair.router(100).unicast("172.17.16.7", SENDER.toString()).build());
    sayEverySecond(
        10, toA(ChecksumForm.PSEUDO_HEADER_MULTICAST), IpAddress.parse("172.17.16.7"), 255);
    assertThat(Pair.state(pair.a)).isEqualTo(ACTIVE);
    assertThat(Pair.snapshot(pair.a).refusals().getFirst().reason())
        .isEqualTo(RefusalReason.BAD_CHECKSUM);
  }

  @Test
  void unicast_theChecksumOfKeepalived136IsAcceptedByOptionAndNeverSent() {
    pair.a.start(
        Pair.router(100).unicast("172.17.16.7", SENDER.toString()).acceptOldChecksum(true).build());
    sayEverySecond(
        10, toA(ChecksumForm.PSEUDO_HEADER_MULTICAST), IpAddress.parse("172.17.16.7"), 255);
    assertThat(Pair.state(pair.a)).isEqualTo(BACKUP);
    assertThat(Pair.snapshot(pair.a).peers().getFirst().checksums())
        .isEqualTo(Map.of(ChecksumForm.PSEUDO_HEADER_MULTICAST, 10L));
    pair.sim.run(LONG);
    assertThat(Pair.state(pair.a)).isEqualTo(ACTIVE);
    assertThat(injector.forms()).isNotEmpty().containsOnly(ChecksumForm.PSEUDO_HEADER);
  }

  @Test
  void whatArrivesWhileTheRouterIsInFaultIsCountedAndNoEvent() {
    pair.a.start(Pair.router(100).healthCheck("db", () -> false).build());
    sayEverySecond(5, good(), GROUP, 255);
    assertThat(Pair.snapshot(pair.a).refusals().getFirst().reason())
        .isEqualTo(RefusalReason.NOT_LISTENING);
    assertThat(Pair.events(pair.a, HavipEvent.AdvertRefused.class)).isEmpty();
  }

  @Test
  void anOwnerYieldsToAnotherWithAHigherAddress_unlessItIsNotToListen() {
    for (boolean listens : List.of(true, false)) {
      Pair owners = new Pair(1);
      owners.a.start(owner(listens));
      owners.b.start(owner(listens));
      owners.sim.run(Duration.ofSeconds(5));
      assertThat(Pair.state(owners.a)).isEqualTo(listens ? BACKUP : ACTIVE);
      assertThat(Pair.state(owners.b)).isEqualTo(ACTIVE);
    }
  }

  private static VirtualRouterConfig owner(boolean listens) {
    return Pair.router(255).ownerListens(listens).build();
  }

  @Test
  void aPeerThatIsAnOwnAddressIsNoticedOnce() {
    pair.a.start(
        Pair.router(100)
            .transport(
                Transport.Unicast.to(
                    null, List.of(IpAddress.parse("172.17.16.7"), IpAddress.parse("172.17.16.13"))))
            .build());
    pair.sim.inject(new Fault.LinkDown("a", "eth0"));
    pair.sim.inject(new Fault.LinkUp("a", "eth0"));
    pair.sim.run(LONG);
    assertThat(Pair.events(pair.a, HavipEvent.Warning.class))
        .singleElement()
        .satisfies(w -> assertThat(w.message()).contains("172.17.16.7").doesNotContain("16.13"));
  }

  @Test
  void aDownMultiplierOfOneIsWarnedOf() {
    pair.a.start(Pair.router(100).downMultiplier(1).build());
    pair.sim.run(LONG);
    assertThat(Pair.events(pair.a, HavipEvent.Warning.class)).hasSize(1);
  }

  private static byte[] toA(ChecksumForm form) {
    return encode(
        VrrpVersion.V3, 100, VrrpAuth.NONE, form, IpAddress.parse("172.17.16.7"), "172.17.16.3");
  }

  private void sayEverySecond(int times, byte[] message, IpAddress destination, int hopLimit) {
    for (int i = 0; i < times; i++) {
      injector.say(destination, hopLimit, message);
      pair.sim.run(Duration.ofSeconds(1));
    }
  }
}
