package io.havip.examples;

import io.havip.HavipConfig;
import io.havip.HavipEvent;
import io.havip.HavipException;
import io.havip.HavipListener;
import io.havip.HavipNode;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Joins the groups of a keepalived.conf until SIGTERM or SIGINT, then hands over. SIGHUP reads the
 * file anew.
 */
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    description =
        "Runs a member of the groups in a keepalived.conf until SIGTERM, then hands over. SIGHUP"
            + " reads the file anew.")
final class NodeCommand implements Callable<Integer> {

  @Mixin private ConfigFile configFile = new ConfigFile();

  @Option(names = "--json", description = "Print each event as one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    HavipConfig config = configFile.usable(spec.commandLine().getErr());
    HavipListener printer = printer(System.out);
    HavipNode node = HavipNode.builder(config).listener(printer).start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> handOver(node), "hand-over"));
    Hangup.run(() -> reload(node));
    new CountDownLatch(1).await();
    return ExitStatus.OK;
  }

  /** A file that cannot be used changes nothing: the node goes on with what it has. */
  private void reload(HavipNode node) {
    PrintWriter err = spec.commandLine().getErr();
    try {
      node.apply(configFile.usable(err));
    } catch (HavipException | IllegalStateException e) {
      err.println("error: " + e.getMessage() + "; nothing has changed");
      err.flush();
    }
  }

  private HavipListener printer(PrintStream out) {
    return json ? event -> out.println(EventJson.of(event)) : event -> out.println(text(event));
  }

  static String text(HavipEvent event) {
    return "%s %s %s".formatted(event.at().wall(), event.subject(), event.describe());
  }

  /**
   * A JVM that ends by a signal reports 128 + the signal's number; an orderly hand-over is a
   * success.
   */
  private static void handOver(HavipNode node) {
    node.close();
    System.out.flush();
    Runtime.getRuntime().halt(ExitStatus.OK);
  }
}
