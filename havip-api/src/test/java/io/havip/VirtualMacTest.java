package io.havip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.net.VirtualAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualMacTest {

  private static VirtualRouterConfigBuilder router(String name, String... addresses) {
    VirtualRouterConfigBuilder builder =
        VirtualRouterConfig.builder(name).interfaceName("eth0").vrid(51);
    for (String address : addresses) {
      builder.address(address);
    }
    return builder;
  }

  @Test
  void withoutOneTheAddressesStandOnTheRoutersInterface() {
    VirtualRouterConfig config = router("a", "10.0.0.3").build();
    assertThat(config.virtualInterface()).isEmpty();
    assertThat(config.interfaceOf(config.addresses().getFirst())).isEqualTo("eth0");
  }

  @Test
  void theDefaultNameTellsVridAndFamily() {
    assertThat(router("a", "10.0.0.3").virtualMac(VirtualMac.DEFAULT).build().virtualInterface())
        .contains("vrrp.51");
    assertThat(router("a", "fd00::3").virtualMac(VirtualMac.DEFAULT).build().virtualInterface())
        .contains("vrrp6.51");
  }

  @Test
  void theAddressesStandOnItUnlessTheyNameAnInterfaceThemselves() {
    VirtualAddress elsewhere = VirtualAddress.parse("10.0.1.3/24").withDevice("eth1");
    VirtualRouterConfig config =
        router("a", "10.0.0.3")
            .address(elsewhere)
            .virtualMac(new VirtualMac(Optional.of("web"), false))
            .build();
    assertThat(config.interfaceOf(config.addresses().getFirst())).isEqualTo("web");
    assertThat(config.interfaceOf(elsewhere)).isEqualTo("eth1");
    assertThat(config.toBuilder().build()).isEqualTo(config);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sixteen-letters!", "a/b", "..", "a b", "a:b"})
  void aNameTheKernelWouldRefuseIsRefused(String name) {
    assertThatThrownBy(() -> new VirtualMac(Optional.of(name), false))
        .isInstanceOf(HavipConfigException.class)
        .hasMessageContaining("cannot name an interface");
  }

  @Test
  void itCannotBeTheInterfaceBelow() {
    VirtualRouterConfigBuilder router =
        router("a", "10.0.0.3").virtualMac(new VirtualMac(Optional.of("eth0"), false));
    assertThatThrownBy(router::build).hasMessageContaining("cannot be eth0 itself");
  }

  @Test
  void anOwnerHasNone() {
    VirtualRouterConfigBuilder router =
        router("a", "10.0.0.3").priority(255).virtualMac(VirtualMac.DEFAULT);
    assertThatThrownBy(router::build).hasMessageContaining("use priority 254");
  }

  @Test
  void itNeedsAddressesThatAreBoundHere() {
    VirtualRouterConfigBuilder router =
        router("a", "10.0.0.3").localAddresses(false).virtualMac(VirtualMac.DEFAULT);
    assertThatThrownBy(router::build)
        .isInstanceOf(HavipConfigException.class)
        .hasMessageContaining("bind them or leave it out");
  }

  @Test
  void twoRoutersCannotMakeTheSameInterface() {
    VirtualRouterConfig a = router("a", "10.0.0.3").virtualMac(VirtualMac.DEFAULT).build();
    VirtualRouterConfig b =
        router("b", "10.0.1.3").interfaceName("eth1").virtualMac(VirtualMac.DEFAULT).build();
    assertThatThrownBy(() -> HavipConfig.of(a, b))
        .isInstanceOf(HavipConfigException.class)
        .hasMessageContaining("\"a\" and \"b\" would both make the interface vrrp.51");
  }
}
