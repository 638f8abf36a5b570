package io.havip.examples;

import io.havip.HavipEvent;
import io.havip.HavipEvent.StateChanged;
import io.havip.HavipNode;
import io.havip.VirtualRouterConfig;
import java.util.function.BooleanSupplier;

/** How an application gives itself a highly available address. */
public final class Embedding {

  private Embedding() {}

  /**
   * Joins the group that shares 10.0.0.3.
   *
   * @param databaseIsUp tells whether this member is fit to serve
   * @return the running member; closing it hands the address over
   */
  public static HavipNode join(BooleanSupplier databaseIsUp) {
    var router =
        VirtualRouterConfig.builder("orders")
            .interfaceName("eth0")
            .vrid(51)
            .priority(100)
            .address("10.0.0.3/24")
            .unicast("10.0.0.1", "10.0.0.2") // own address, then the peers'
            .healthCheck("database", databaseIsUp::getAsBoolean)
            .build();
    var node = HavipNode.builder(router).listener(Embedding::changed).start();
    return node;
  }

  private static void changed(HavipEvent event) {
    if (event instanceof StateChanged change) {
      System.out.println(change.subject() + " is " + change.to() + ": " + change.describe());
    }
  }
}
