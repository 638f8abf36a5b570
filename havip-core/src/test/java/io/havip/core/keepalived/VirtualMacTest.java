package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.VirtualMac;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of use_vmac. */
class VirtualMacTest {

  @Test
  void use_vmac_takes_the_usual_name_or_the_one_given() {
    assertThat(Conf.router("").virtualMac()).isEmpty();
    assertThat(Conf.router("use_vmac").virtualInterface()).contains("vrrp.51");
    assertThat(Conf.router("use_vmac vm7").virtualInterface()).contains("vm7");
    assertThat(Conf.problems(Conf.body("use_vmac vm7"))).isEmpty();
  }

  @Test
  void vmac_xmit_base_sends_adverts_from_the_interface_itself() {
    assertThat(Conf.router("use_vmac\nvmac_xmit_base").virtualMac())
        .contains(new VirtualMac(Optional.empty(), true));
    assertThat(Conf.router("vmac_xmit_base").virtualMac()).isEmpty();
  }

  @Test
  void what_cannot_name_an_interface_gives_the_usual_name_with_a_warning() {
    ReadResult result = Conf.body("use_vmac a/b");

    assertThat(Conf.router(result).virtualInterface()).contains("vrrp.51");
    assertThat(Conf.problems(result))
        .hasSize(1)
        .first()
        .asString()
        .contains("(using the usual name)");
  }

  @Test
  void what_newer_versions_take_behind_it_is_reported() {
    for (String more : new String[] {"00:00:5e:00:01:33", "vm7 00:00:5e:00:01:33", "group 5"}) {
      assertThat(Conf.problems(Conf.body("use_vmac " + more))).as(more).hasSize(1);
    }
  }

  @Test
  void an_owner_cannot_use_it() {
    ReadResult result = Conf.body("priority 255\nuse_vmac");

    assertThat(result.config()).isEmpty();
    assertThat(Conf.problems(result)).hasSize(1).first().asString().contains("priority 254");
  }
}
