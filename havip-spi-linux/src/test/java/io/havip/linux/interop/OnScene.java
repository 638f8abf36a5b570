package io.havip.linux.interop;

import io.havip.testkit.lab.RealNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/** What tests of one class share: a scene that is opened before the first and tidied after each. */
abstract class OnScene {

  static Scene scene;

  /**
   * Opens the scene, if the real network may be used.
   *
   * @param tools programs that the tests need
   */
  static void open(String... tools) {
    RealNetwork.assume(tools);
    scene = new Scene();
  }

  @AfterAll
  static void close() {
    if (scene != null) {
      scene.close();
      scene = null;
    }
  }

  @AfterEach
  void endRow() throws Exception {
    scene.endRow();
  }
}
