package io.havip.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeepalivedConfigTest {

  @Test
  void rendersAsKeepalivedReadsIt() {
    KeepalivedConfig config =
        KeepalivedConfig.of(
                KeepalivedConfig.instance(51)
                    .state("BACKUP")
                    .priority(150)
                    .version(3)
                    .advertInterval(Duration.ofMillis(10))
                    .noPreempt()
                    .preemptDelay(Duration.ofMillis(1500))
                    .garp(2, Duration.ofSeconds(1), Duration.ZERO)
                    .unicast("10.9.0.1", "10.9.0.2", "10.9.0.3")
                    .password("1111")
                    .vip("10.9.0.50")
                    .vip("10.9.0.51/24 dev eth0"))
            .global("vrrp_no_swap", "")
            .global("vrrp_garp_interval", "0.001");

    assertThat(config.render())
        .isEqualTo(
            """
            global_defs {
              vrrp_no_swap
              vrrp_garp_interval 0.001
            }
            vrrp_instance VI_51 {
              interface eth0
              virtual_router_id 51
              state BACKUP
              priority 150
              version 3
              advert_int 0.01
              nopreempt
              preempt_delay 1.5
              garp_master_repeat 2
              garp_master_delay 1
              garp_master_refresh 0
              unicast_src_ip 10.9.0.1
              unicast_peer {
                10.9.0.2
                10.9.0.3
              }
              authentication {
                auth_type PASS
                auth_pass 1111
              }
              virtual_ipaddress {
                10.9.0.50
                10.9.0.51/24 dev eth0
              }
            }
            """);
  }

  @Test
  void wholeTensOfSecondsAreNotWrittenWithAnExponent() {
    assertThat(
            KeepalivedConfig.of(KeepalivedConfig.instance(1).advertInterval(Duration.ofSeconds(40)))
                .render())
        .contains("advert_int 40\n");
  }

  @Test
  void changesMakeCopies() {
    KeepalivedConfig.Instance one = KeepalivedConfig.instance(1).vip("10.9.0.50");
    one.vip("10.9.0.51").priority(7);
    assertThat(one.blocks().get("virtual_ipaddress")).containsExactly("10.9.0.50");
    assertThat(one.keywords()).doesNotContainKey("priority");
  }
}
