package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.VirtualRouterConfig;
import io.havip.net.VirtualAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interface of instances that name none, and interfaces that do not exist yet. */
class InterfaceKeywordsTest {

  private static final String BARE =
      "vrrp_instance A {\n virtual_router_id 51\n virtual_ipaddress {\n 10.0.0.1\n }\n}\n";

  private static final String GLOBALS = "global_defs {\n default_interface eth7\n}\n";

  @Test
  void an_instance_without_interface_uses_the_default_with_a_note() {
    ReadResult result = Conf.read(GLOBALS + BARE);
    VirtualRouterConfig router = Conf.router(result);
    VirtualAddress address = router.addresses().getFirst();

    assertThat(router.interfaceName()).isEqualTo("eth7");
    assertThat(router.interfaceOf(address)).isEqualTo("eth7");
    assertThat(Conf.problems(result)).isEmpty();
    assertThat(Conf.notes(result))
        .containsExactly(
            "4:1: note: the instance 'A' has no interface; default_interface 'eth7' is used");
  }

  @Test
  void it_may_stand_behind_the_instance() {
    assertThat(Conf.router(Conf.read(BARE + GLOBALS)).interfaceName()).isEqualTo("eth7");
  }

  @Test
  void the_last_one_counts() {
    String twice = "global_defs {\n default_interface eth1\n default_interface eth2\n}\n";

    assertThat(Conf.router(Conf.read(twice + BARE)).interfaceName()).isEqualTo("eth2");
  }

  @Test
  void the_instances_own_interface_goes_before_it() {
    ReadResult result = Conf.global("default_interface eth7", "");

    assertThat(Conf.router(result).interfaceName()).isEqualTo("eth0");
    assertThat(result.diagnostics()).isEmpty();
  }

  @Test
  void without_it_there_is_no_interface_to_guess() {
    assertThat(Conf.read(BARE).config()).isEmpty();
    assertThat(Conf.problems(Conf.read(BARE)))
        .containsExactly("1:1: error: the instance 'A' has no interface");
  }

  @ParameterizedTest
  @ValueSource(strings = {"default_interface", "default_interface lo", "default_interface \"\""})
  void one_that_cannot_be_meant_is_not_used(String statement) {
    ReadResult result = Conf.read("global_defs {\n" + statement + "\n}\n" + BARE);

    assertThat(result.config()).isEmpty();
    assertThat(Conf.problems(result).getFirst()).startsWith("2:").contains("warning");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dynamic_interfaces", "dynamic_interfaces allow_if_changes"})
  void instances_wait_for_interfaces_only_if_the_file_says_so(String statement) {
    ReadResult result = Conf.global(statement, "");

    assertThat(Conf.router(result).awaitInterface()).isTrue();
    assertThat(result.diagnostics()).isEmpty();
    assertThat(Conf.router("").awaitInterface()).isFalse();
  }

  @Test
  void nothing_else_can_follow_dynamic_interfaces() {
    ReadResult result = Conf.global("dynamic_interfaces off", "");

    assertThat(Conf.router(result).awaitInterface()).isTrue();
    assertThat(Conf.problems(result))
        .containsExactly("2:20: warning: only allow_if_changes can follow, not 'off'");
  }
}
