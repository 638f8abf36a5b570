package io.havip.linux.interop;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HavipNode;
import java.util.concurrent.CountDownLatch;

/** A member in a process of its own, so that it can be killed. Prints a line for each state. */
final class MemberMain {

  private MemberMain() {}

  public static void main(String... args) throws InterruptedException {
    HavipNode node =
        HavipNode.builder(HavipConfig.of(Spec.parse(args).ours()))
            .listener(event -> {
              if (event instanceof HavipEvent.StateChanged change) {
                System.out.println("state " + change.to());
              }
            })
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(node::close));
    new CountDownLatch(1).await();
  }
}
