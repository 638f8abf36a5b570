package io.havip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.NetArbitraries;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class VrrpCodecPropertyTest {

  private static final Set<ChecksumForm> ALL_FORMS = Set.of(ChecksumForm.values());

  /** An advert with everything needed to put it on the wire. */
  record Sending(VrrpAdvert advert, IpAddress source, IpAddress destination, ChecksumForm form) {

    ChecksumForm formInForce() {
      return form.inForce(advert.version(), advert.family());
    }

    byte[] encode() {
      return VrrpCodec.encode(advert, source, destination, form);
    }

    VrrpParse parse(byte[] message, Set<ChecksumForm> accepted) {
      return VrrpCodec.parse(message, 0, message.length, source, destination, accepted);
    }
  }

  @Provide
  Arbitrary<Sending> sendings() {
    return Arbitraries.of(IpFamily.values())
        .flatMap(family ->
            Combinators.combine(
                    adverts(family),
                    NetArbitraries.addresses(family),
                    Arbitraries.oneOf(
                        NetArbitraries.addresses(family),
                        Arbitraries.just(VrrpCodec.group(family))),
                    Arbitraries.of(ChecksumForm.values()))
                .as(Sending::new));
  }

  private static Arbitrary<VrrpAdvert> adverts(IpFamily family) {
    Arbitrary<List<IpAddress>> addresses =
        NetArbitraries.addresses(family).list().ofMinSize(1).ofMaxSize(20);
    Arbitrary<Integer> vrids = Arbitraries.integers().between(1, 255);
    Arbitrary<Integer> priorities = Arbitraries.integers().between(0, 255);
    Arbitrary<VrrpAdvert> v3 =
        Combinators.combine(vrids, priorities, Arbitraries.integers().between(1, 4095), addresses)
            .as(VrrpAdvert::v3);
    if (family == IpFamily.IPV6) {
      return v3;
    }
    Arbitrary<VrrpAdvert> v2 =
        Combinators.combine(
                vrids, priorities, Arbitraries.integers().between(1, 255), addresses, auths())
            .as(VrrpAdvert::v2);
    return Arbitraries.oneOf(v2, v3);
  }

  private static Arbitrary<VrrpAuth> auths() {
    return Arbitraries.oneOf(
        Arbitraries.just(VrrpAuth.NONE),
        Arbitraries.longs().map(bits -> (VrrpAuth) new VrrpAuth.SimplePassword(bits)));
  }

  @Property
  void whatWasEmittedIsRead(@ForAll("sendings") Sending sending) {
    byte[] message = sending.encode();

    assertThat(message).hasSize(VrrpCodec.encodedLength(sending.advert()));
    assertThat(sending.parse(message, Set.of(sending.form())))
        .isEqualTo(new VrrpParse.Accepted(sending.advert(), sending.formInForce()));
    assertThat(Frames.acceptedAdvert(sending.parse(message, ALL_FORMS)))
        .isEqualTo(sending.advert());
  }

  @Property
  void theOffsetMakesNoDifference(
      @ForAll("sendings") Sending sending, @ForAll @IntRange(max = 70) int offset) {
    byte[] message = sending.encode();
    byte[] target = new byte[offset + message.length + 3];
    Arrays.fill(target, (byte) 0xa5);
    int length =
        VrrpCodec.encode(
            sending.advert(),
            sending.source(),
            sending.destination(),
            sending.form(),
            target,
            offset);

    assertThat(Arrays.copyOfRange(target, offset, offset + length)).isEqualTo(message);
    assertThat(
            VrrpCodec.parse(
                target,
                offset,
                length,
                sending.source(),
                sending.destination(),
                Set.of(sending.form())))
        .isEqualTo(new VrrpParse.Accepted(sending.advert(), sending.formInForce()));
  }

  @Property
  void everyFlippedBitIsRefused(@ForAll("sendings") Sending sending) {
    byte[] message = sending.encode();
    for (int bit = 0; bit < message.length * 8; bit++) {
      message[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(sending.parse(message, Set.of(sending.form())))
          .as("bit %s", bit)
          .isInstanceOf(VrrpParse.Refused.class);
      message[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @Property
  void everyChangedByteIsRefused(
      @ForAll("sendings") Sending sending,
      @ForAll @IntRange(max = 10_000) int position,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] message = sending.encode();
    message[position % message.length] ^= (byte) change;

    assertThat(sending.parse(message, Set.of(sending.form())))
        .isInstanceOf(VrrpParse.Refused.class);
  }

  /** With several forms accepted a change may turn one form into another, but never goes unseen. */
  @Property
  void aChangedByteIsNeverTakenForTheSameForm(
      @ForAll("sendings") Sending sending,
      @ForAll @IntRange(max = 10_000) int position,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] message = sending.encode();
    message[position % message.length] ^= (byte) change;

    switch (sending.parse(message, ALL_FORMS)) {
      case VrrpParse.Accepted accepted ->
          assertThat(accepted.form()).isNotEqualTo(sending.formInForce());
      case VrrpParse.Refused refused -> assertThat(refused.refusal().explain()).isNotBlank();
    }
  }

  @Property
  void everyOtherLengthIsRefused(
      @ForAll("sendings") Sending sending, @ForAll @IntRange(max = 500) int length) {
    byte[] message = sending.encode();
    if (length != message.length) {
      assertThat(sending.parse(Arrays.copyOf(message, length), ALL_FORMS))
          .isInstanceOf(VrrpParse.Refused.class);
    }
  }

  @Property
  void anyBytesAreReadOrRefused(
      @ForAll @Size(max = 120) byte[] bytes, @ForAll("sendings") Sending sending) {
    switch (sending.parse(bytes, ALL_FORMS)) {
      case VrrpParse.Accepted accepted ->
          assertThat(VrrpCodec.encodedLength(accepted.advert())).isEqualTo(bytes.length);
      case VrrpParse.Refused refused -> assertThat(refused.refusal().explain()).isNotBlank();
    }
  }

  /** Random bytes rarely pass the checksum; these do, so that every check behind it is reached. */
  @Property
  void anyFieldsWithTheRightLengthAndChecksumAreEmittedAlikeOrRefused(
      @ForAll("sendings") Sending sending,
      @ForAll @Size(min = 8, max = 8) byte[] header,
      @ForAll @IntRange(max = 5) int authType) {
    VrrpAdvert advert = sending.advert();
    byte[] message = sending.encode();
    message[1] = header[1];
    message[2] = header[2];
    message[5] = header[5];
    message[4] = advert.version() == VrrpVersion.V2 ? (byte) authType : (byte) (header[4] & 0x0f);
    Wire.put16(message, 6, 0);
    Wire.put16(
        message,
        6,
        InternetChecksum.finish(
            InternetChecksum.sum(message, 0, message.length) + pseudoHeader(sending, message)));

    switch (sending.parse(message, Set.of(sending.form()))) {
      case VrrpParse.Accepted accepted -> {
        assertThat(accepted.form()).isEqualTo(sending.formInForce());
        if (advert.version() == VrrpVersion.V3 || authType == 1) {
          assertThat(
                  VrrpCodec.encode(
                      accepted.advert(), sending.source(), sending.destination(), sending.form()))
              .isEqualTo(message);
        }
      }
      case VrrpParse.Refused refused ->
          assertThat(refused.refusal().reason())
              .isIn(
                  RefusalReason.BAD_VRID,
                  RefusalReason.ZERO_INTERVAL,
                  RefusalReason.UNKNOWN_AUTH_TYPE,
                  RefusalReason.AUTHENTICATION_HEADER);
    }
  }

  private static long pseudoHeader(Sending sending, byte[] message) {
    return switch (sending.formInForce()) {
      case MESSAGE_ONLY -> 0;
      case PSEUDO_HEADER ->
          InternetChecksum.pseudoHeader(
              sending.source(), sending.destination(), 112, message.length);
      case PSEUDO_HEADER_MULTICAST ->
          InternetChecksum.pseudoHeader(
              sending.source(), IpAddress.parse("224.0.0.18"), 112, message.length);
    };
  }
}
