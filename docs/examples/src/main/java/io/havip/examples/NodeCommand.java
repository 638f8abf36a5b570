package io.havip.examples;

import io.havip.HavipConfig;
import io.havip.HavipException;
import io.havip.HavipNode;
import io.havip.core.observe.HavipBean;
import java.io.PrintWriter;
import java.util.Optional;
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
  @Mixin private Protection protection = new Protection();

  @Option(
      names = "--json",
      description = "Print an event log for judge: each event as one JSON object.")
  private boolean json;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What the event log calls this member; the node's name if not given.")
  private Optional<String> name = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    HavipConfig config = protection.applyTo(configFile.usable(spec.commandLine().getErr()));
    EventPrinter printer = new EventPrinter(System.out, json, name.orElseGet(() -> config.name()));
    printer.begin(config);
    HavipNode node =
        HavipNode.builder(config).fences(protection.fences()).listener(printer).start();
    printer.follow(node);
    HavipBean.register(node); // for top; gone with the process
    Runtime.getRuntime().addShutdownHook(new Thread(() -> handOver(node), "hand-over"));
    Hangup.run(() -> reload(node, printer));
    new CountDownLatch(1).await();
    return ExitStatus.OK;
  }

  /** A file that cannot be used changes nothing: the node goes on with what it has. */
  private void reload(HavipNode node, EventPrinter printer) {
    PrintWriter err = spec.commandLine().getErr();
    try {
      HavipConfig next = protection.applyTo(configFile.usable(err));
      node.apply(next);
      printer.begin(next);
    } catch (HavipException | IllegalStateException e) {
      err.println("error: " + e.getMessage() + "; nothing has changed");
      err.flush();
    }
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
