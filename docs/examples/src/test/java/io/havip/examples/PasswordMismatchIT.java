package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.lab.Keepalived;
import io.havip.testkit.lab.Keepalived.State;
import io.havip.testkit.lab.KeepalivedConfig;
import io.havip.testkit.lab.KeepalivedConfig.Instance;
import io.havip.testkit.lab.RealNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Two members with different passwords are deaf to each other; ours says so, and never shows a
 * password.
 */
class PasswordMismatchIT {

  @Test
  void aWrongPasswordIsRefusedCountedAndNeverShown() throws Exception {
    RealNetwork.assume("keepalived", "tcpdump", "arping");
    try (PeerScene scene = new PeerScene()) {
      Keepalived peer =
          scene.closeLater(
              Keepalived.start(scene.b, KeepalivedConfig.of(scene.seed(scene.b, 100))));
      peer.awaitState(PeerScene.VRID, State.MASTER, PeerScene.LIMIT);
      Member ours =
          scene.closeLater(
              Member.start(
                  scene.a, KeepalivedConfig.of(withPassword(scene.seed(scene.a, 80), "secret99"))));
      ours.process()
          .awaitLine(
              l -> l.contains("172.17.16.13") && l.contains("password is not the one configured"),
              PeerScene.LIMIT);
      // Deaf to its adverts, our member sees nobody: both are ACTIVE, as with two Keepalived.
      ours.awaitActive(PeerScene.LIMIT);
      assertThat(ours.process().lines())
          .noneMatch(l -> l.text().contains("secret99") || l.text().contains("1111"));
    }
  }

  private static Instance withPassword(Instance instance, String password) {
    Map<String, List<String>> blocks = new LinkedHashMap<>(instance.blocks());
    blocks.remove("authentication");
    return new Instance(instance.name(), instance.keywords(), blocks).password(password);
  }
}
