package io.havip.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the values themselves refuse. */
class VpcValuesTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "havip-\u00e9", "a\n"})
  void idHasVisibleCharactersOnly(String text) {
    assertThatThrownBy(() -> new HavipId(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HAVIP");
    assertThatThrownBy(() -> new HavipId("x".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void vpcHasBlocksThatDoNotOverlap() {
    VpcId id = new VpcId("vpc-1");
    assertThatThrownBy(() -> new Vpc(id, "x", List.of(), false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new Vpc(id, "x", List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("10.1.0.0/16")), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("overlap");
  }

  @Test
  void driftRangeWithoutMembersIsEmptyAndNothingElse() {
    assertThatThrownBy(() -> new DriftRange.Instances(Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DriftRange.Interfaces(Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void driftRangeKeepsItsOrder() {
    InstanceId[] many = new InstanceId[20];
    for (int i = 0; i < many.length; i++) {
      many[i] = new InstanceId("i" + i);
    }
    assertThat(((DriftRange.Instances) DriftRange.of(many)).members()).containsExactly(many);
  }

  @Test
  void subnetKeepsItsFirstTwoAndItsLastAddress() {
    Subnet subnet = new Subnet(new SubnetId("s"), new VpcId("v"), "s", Cidr.parse("10.0.1.0/24"));
    assertThat(
            List.of("10.0.1.0", "10.0.1.1", "10.0.1.255").stream()
                .map(IpAddress::parse)
                .filter(subnet::isUsable))
        .isEmpty();
    assertThat(subnet.isUsable(IpAddress.parse("10.0.1.2"))).isTrue();
    assertThat(subnet.isUsable(IpAddress.parse("10.0.1.254"))).isTrue();
    assertThat(subnet.isUsable(IpAddress.parse("10.0.2.2"))).isFalse();
  }

  @Test
  void protocolIsAByte() {
    assertThatThrownBy(() -> new SecurityGroup.Rule(256, Cidr.parse("0.0.0.0/0")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
