package io.havip.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VrrpCodecTest {

  private static final IpAddress SOURCE = IpAddress.parse("192.0.2.1");
  private static final IpAddress GROUP = VrrpCodec.GROUP_IPV4;
  private static final IpAddress SOURCE6 = IpAddress.parse("fe80::1");
  private static final IpAddress GROUP6 = VrrpCodec.GROUP_IPV6;

  private static final VrrpAdvert V2 =
      VrrpAdvert.v2(51, 150, 1, List.of(IpAddress.parse("192.0.2.50")), VrrpAuth.NONE);
  private static final VrrpAdvert V3 =
      VrrpAdvert.v3(51, 150, 100, List.of(IpAddress.parse("192.0.2.50")));
  private static final VrrpAdvert V3_IPV6 =
      VrrpAdvert.v3(51, 150, 100, List.of(IpAddress.parse("fe80::50")));

  private static byte[] v2() {
    return VrrpCodec.encode(V2, SOURCE, GROUP, ChecksumForm.MESSAGE_ONLY);
  }

  private static byte[] v3() {
    return VrrpCodec.encode(V3, SOURCE, GROUP, ChecksumForm.MESSAGE_ONLY);
  }

  private static byte[] v3OverIpv6() {
    return VrrpCodec.encode(V3_IPV6, SOURCE6, GROUP6, ChecksumForm.PSEUDO_HEADER);
  }

  private static VrrpParse parse(byte[] message) {
    return VrrpCodec.parse(message, 0, message.length, SOURCE, GROUP);
  }

  private static VrrpParse parse6(byte[] message) {
    return VrrpCodec.parse(message, 0, message.length, SOURCE6, GROUP6);
  }

  /** Sets a byte and makes the message-only checksum right again. */
  private static byte[] with(byte[] message, int index, int value) {
    message[index] = (byte) value;
    return checksummed(message);
  }

  private static byte[] checksummed(byte[] message) {
    Wire.put16(message, 6, 0);
    Wire.put16(
        message, 6, InternetChecksum.finish(InternetChecksum.sum(message, 0, message.length)));
    return message;
  }

  private static byte[] resized(byte[] message, int length) {
    return Arrays.copyOf(message, length);
  }

  private static VrrpParse refused(RefusalReason reason, long expected, long found) {
    return new VrrpParse.Refused(new Refusal(reason, expected, found));
  }

  @Test
  void theUnchangedMessagesAreAccepted() {
    assertThat(parse(v2())).isEqualTo(new VrrpParse.Accepted(V2, ChecksumForm.MESSAGE_ONLY));
    assertThat(parse(v3())).isEqualTo(new VrrpParse.Accepted(V3, ChecksumForm.MESSAGE_ONLY));
    assertThat(parse6(v3OverIpv6()))
        .isEqualTo(new VrrpParse.Accepted(V3_IPV6, ChecksumForm.PSEUDO_HEADER));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void rfc9568_7_1_anIncompleteHeaderIsRefused(int length) {
    assertThat(parse(resized(v3(), length))).isEqualTo(refused(RefusalReason.TOO_SHORT, 8, length));
  }

  /** Its presence shows in the length only; the sender means it, so the reason names it. */
  @Test
  void theTrailerOfKeepalivedsAuthHmacIsRefusedByName() {
    assertThat(parse(resized(v3(), 12 + 28)))
        .isEqualTo(refused(RefusalReason.AUTH_HMAC_TRAILER, 12, 40));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 11, 13, 12 + 27, 12 + 29})
  void rfc9568_7_1_anotherLengthThanTheAddressCountAsksForIsRefused(int length) {
    assertThat(parse(resized(v3(), length)))
        .isEqualTo(refused(RefusalReason.LENGTH_MISMATCH, 12, length));
  }

  @Test
  void rfc3768_7_1_aMissingAuthenticationFieldIsRefused() {
    assertThat(parse(resized(v2(), 12))).isEqualTo(refused(RefusalReason.LENGTH_MISMATCH, 20, 12));
  }

  @Test
  void carpLooksLikeVersion2AndIsRefusedByItsLength() {
    byte[] carp = new byte[36];
    carp[0] = 0x21;
    carp[1] = 1;
    carp[3] = 7; // CARP's authentication length stands where VRRP counts addresses
    assertThat(parse(carp)).isEqualTo(refused(RefusalReason.LENGTH_MISMATCH, 44, 36));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 15})
  void rfc9568_5_2_1_anUnknownVersionIsRefused(int version) {
    assertThat(parse(with(v3(), 0, version << 4 | 1)))
        .isEqualTo(refused(RefusalReason.BAD_VERSION, 3, version));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 15})
  void rfc9568_5_2_2_anUnknownTypeIsDiscarded(int type) {
    assertThat(parse(with(v3(), 0, 0x30 | type)))
        .isEqualTo(refused(RefusalReason.BAD_TYPE, 1, type));
    assertThat(parse(with(v2(), 0, 0x20 | type)))
        .isEqualTo(refused(RefusalReason.BAD_TYPE, 1, type));
  }

  @Test
  void rfc9568_5_2_3_vridZeroIsRefused() {
    assertThat(parse(with(v3(), 1, 0))).isEqualTo(refused(RefusalReason.BAD_VRID, 1, 0));
    assertThat(parse(with(v2(), 1, 0))).isEqualTo(refused(RefusalReason.BAD_VRID, 1, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 254, 255})
  void rfc9568_5_2_4_everyPriorityIsAccepted(int priority) {
    assertThat(parse(with(v3(), 2, priority)))
        .isEqualTo(new VrrpParse.Accepted(V3.withPriority(priority), ChecksumForm.MESSAGE_ONLY));
  }

  @Test
  void rfc9568_5_2_5_erratum8299_aMessageWithoutAddressIsRefused() {
    assertThat(parse(with(v3(), 3, 0))).isEqualTo(refused(RefusalReason.ZERO_ADDRESSES, 1, 0));
    assertThat(parse(checksummed(resized(with(v3(), 3, 0), 8))))
        .isEqualTo(refused(RefusalReason.ZERO_ADDRESSES, 1, 0));
    assertThat(parse(with(v2(), 3, 0))).isEqualTo(refused(RefusalReason.ZERO_ADDRESSES, 1, 0));
  }

  @Test
  void rfc9568_5_2_6_reservedBitsAreIgnored() {
    assertThat(parse(with(v3(), 4, 0xf0)))
        .isEqualTo(new VrrpParse.Accepted(V3, ChecksumForm.MESSAGE_ONLY));
  }

  @Test
  void rfc9568_5_2_6_reservedBitsAreSentAsZero() {
    byte[] longest =
        VrrpCodec.encode(
            V3.withIntervalCentiseconds(4095), SOURCE, GROUP, ChecksumForm.PSEUDO_HEADER);

    assertThat(longest[4]).isEqualTo((byte) 0x0f);
    assertThat(longest[5]).isEqualTo((byte) 0xff);
  }

  @Test
  void rfc9568_5_2_7_erratum8301_intervalZeroIsRefusedWhateverTheReservedBits() {
    byte[] zero = with(with(v3(), 4, 0), 5, 0);
    assertThat(parse(zero)).isEqualTo(refused(RefusalReason.ZERO_INTERVAL, 1, 0));
    assertThat(parse(with(zero, 4, 0xf0))).isEqualTo(refused(RefusalReason.ZERO_INTERVAL, 1, 0));
    assertThat(parse(with(v2(), 5, 0))).isEqualTo(refused(RefusalReason.ZERO_INTERVAL, 1, 0));
  }

  @Test
  void rfc3768_5_3_7_theIntervalOfVersion2IsInSeconds() {
    assertThat(Frames.acceptedAdvert(parse(with(v2(), 5, 255))).intervalCentiseconds())
        .isEqualTo(25_500);
  }

  @Test
  void rfc9568_5_2_8_bothFormsAreAcceptedAndNamedOverIpv4() {
    for (ChecksumForm form : List.of(ChecksumForm.MESSAGE_ONLY, ChecksumForm.PSEUDO_HEADER)) {
      assertThat(parse(VrrpCodec.encode(V3, SOURCE, GROUP, form)))
          .isEqualTo(new VrrpParse.Accepted(V3, form));
    }
  }

  @Test
  void aChecksumThatFitsNoFormIsRefusedWithTheUsualOne() {
    byte[] right = VrrpCodec.encode(V3, SOURCE, GROUP, ChecksumForm.PSEUDO_HEADER);
    int checksum = Wire.u16(right, 6);
    Wire.put16(right, 6, checksum ^ 0x0101);

    assertThat(parse(right))
        .isEqualTo(refused(RefusalReason.BAD_CHECKSUM, checksum, checksum ^ 0x0101));
  }

  @Test
  void onlyTheFormsAskedForAreAccepted() {
    byte[] message = VrrpCodec.encode(V3, SOURCE, GROUP, ChecksumForm.PSEUDO_HEADER);
    int expected = Wire.u16(v3(), 6);

    assertThat(
            VrrpCodec.parse(
                message, 0, message.length, SOURCE, GROUP, Set.of(ChecksumForm.MESSAGE_ONLY)))
        .isEqualTo(refused(RefusalReason.BAD_CHECKSUM, expected, Wire.u16(message, 6)));
    assertThat(VrrpCodec.parse(message, 0, message.length, SOURCE, GROUP, Set.of()))
        .isEqualTo(refused(RefusalReason.BAD_CHECKSUM, Wire.u16(message, 6), Wire.u16(message, 6)));
  }

  @Test
  void version2NeverCoversAPseudoHeader() {
    for (ChecksumForm form : ChecksumForm.values()) {
      byte[] message = VrrpCodec.encode(V2, SOURCE, GROUP, form);
      assertThat(message).isEqualTo(v2());
      assertThat(VrrpCodec.parse(message, 0, message.length, SOURCE, GROUP, Set.of(form)))
          .isEqualTo(new VrrpParse.Accepted(V2, ChecksumForm.MESSAGE_ONLY));
    }
  }

  @Test
  void rfc9568_5_2_8_overIpv6TheMessageAloneIsNotEnough() {
    byte[] message = checksummed(v3OverIpv6());

    assertThat(
            VrrpCodec.parse(
                message, 0, message.length, SOURCE6, GROUP6, Set.of(ChecksumForm.values())))
        .isEqualTo(
            refused(RefusalReason.BAD_CHECKSUM, Wire.u16(v3OverIpv6(), 6), Wire.u16(message, 6)));
  }

  @Test
  void aVersion2MessageOverIpv6IsRefused() {
    assertThat(parse6(v2())).isEqualTo(refused(RefusalReason.VERSION_NEEDS_IPV4, 4, 6));
  }

  @Test
  void anIpHeaderOfTwoFamiliesIsRefused() {
    byte[] message = v3();
    assertThat(VrrpCodec.parse(message, 0, message.length, SOURCE, GROUP6))
        .isEqualTo(refused(RefusalReason.FAMILY_MISMATCH, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 255})
  void rfc2338_5_3_6_anUnknownAuthenticationTypeIsRefused(int type) {
    assertThat(parse(with(v2(), 4, type)))
        .isEqualTo(refused(RefusalReason.UNKNOWN_AUTH_TYPE, 0, type));
  }

  @Test
  void rfc2338_5_3_6_3_theAuthenticationHeaderHasItsOwnReason() {
    assertThat(parse(with(v2(), 4, 2)))
        .isEqualTo(refused(RefusalReason.AUTHENTICATION_HEADER, 0, 2));
  }

  @Test
  void rfc3768_5_3_6_1_theFieldIsIgnoredWithoutAuthentication() {
    assertThat(parse(with(v2(), 19, 0x55)))
        .isEqualTo(new VrrpParse.Accepted(V2, ChecksumForm.MESSAGE_ONLY));
  }

  @Test
  void rfc2338_5_3_10_thePasswordIsReadAndZeroPadded() {
    VrrpAdvert advert =
        VrrpAdvert.v2(
            51, 150, 1, List.of(IpAddress.parse("192.0.2.50")), VrrpAuth.SimplePassword.of("abc"));
    byte[] message = VrrpCodec.encode(advert, SOURCE, GROUP, ChecksumForm.MESSAGE_ONLY);

    assertThat(Frames.hex(Frames.from(message, 12))).isEqualTo("6162630000000000");
    assertThat(Frames.acceptedAdvert(parse(message))).isEqualTo(advert);
  }

  @Test
  void theLargestMessageHas255Addresses() {
    List<IpAddress> addresses = Collections.nCopies(255, IpAddress.parse("fe80::50"));
    VrrpAdvert advert = VrrpAdvert.v3(1, 100, 100, addresses);
    byte[] message = VrrpCodec.encode(advert, SOURCE6, GROUP6, ChecksumForm.PSEUDO_HEADER);

    assertThat(message).hasSize(4088);
    assertThat(Frames.acceptedAdvert(parse6(message))).isEqualTo(advert);
  }

  @Test
  void anAdvertIsNotSentOverTheOtherFamily() {
    for (VrrpAdvert advert : List.of(V3, V3_IPV6)) {
      IpAddress own = advert.addresses().get(0);
      IpAddress other = advert.equals(V3) ? SOURCE6 : SOURCE;
      assertThatIllegalArgumentException()
          .isThrownBy(() -> VrrpCodec.encode(advert, own, other, ChecksumForm.PSEUDO_HEADER));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> VrrpCodec.encode(advert, other, own, ChecksumForm.PSEUDO_HEADER));
    }
  }

  @Test
  void emittingWritesOnlyItsOwnBytes() {
    byte[] target = new byte[40];
    Arrays.fill(target, (byte) 0xee);
    int length = VrrpCodec.encode(V2, SOURCE, GROUP, ChecksumForm.MESSAGE_ONLY, target, 10);

    assertThat(length).isEqualTo(VrrpCodec.encodedLength(V2)).isEqualTo(20);
    assertThat(Arrays.copyOfRange(target, 10, 30)).isEqualTo(v2());
    assertThat(Arrays.copyOfRange(target, 0, 10)).containsOnly(0xee);
    assertThat(Arrays.copyOfRange(target, 30, 40)).containsOnly(0xee);
  }

  @Test
  void emittingBeyondTheArrayWritesNothing() {
    byte[] target = new byte[20];

    assertThatThrownBy(
            () -> VrrpCodec.encode(V2, SOURCE, GROUP, ChecksumForm.MESSAGE_ONLY, target, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(target).containsOnly(0);
  }

  @Test
  void aMessageIsReadFromTheMiddleOfAnArray() {
    byte[] packet = new byte[100];
    byte[] message = v3();
    System.arraycopy(message, 0, packet, 33, message.length);

    assertThat(Frames.acceptedAdvert(VrrpCodec.parse(packet, 33, 12, SOURCE, GROUP))).isEqualTo(V3);
    assertThatThrownBy(() -> VrrpCodec.parse(packet, 95, 12, SOURCE, GROUP))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void rfc9568_5_1_1_2_theGroupsAreThoseOfTheRfc() {
    assertThat(VrrpCodec.group(IpFamily.IPV4)).hasToString("224.0.0.18");
    assertThat(VrrpCodec.group(IpFamily.IPV6)).hasToString("ff02::12");
  }
}
