package io.havip.examples.stage;

import io.havip.HavipConfig;
import io.havip.HavipNode;
import io.havip.core.keepalived.KeepalivedReader;
import io.havip.core.keepalived.ReadOptions;
import io.havip.examples.EventLines;
import io.havip.spi.FenceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that runs nodes when it is told to, so that not every start of a member is the start of
 * a JVM. It reads commands from a pipe: {@code start FILE}, {@code stop}.
 *
 * <p>Without fences, as Keepalived is: then the simulator and the lab tell the same story of a
 * process that dies.
 */
final class NodeHostMain {

  private NodeHostMain() {}

  public static void main(String[] arguments) throws IOException {
    Path pipe = Path.of(arguments[0]);
    HavipNode node = null;
    System.out.println("ready");
    while (true) {
      for (String line : Files.readAllLines(pipe)) { // blocks until somebody has written
        if (line.startsWith("start ")) {
          node = start(Path.of(line.substring("start ".length())));
        } else if (line.equals("stop") && node != null) {
          node.close();
          node = null;
        }
      }
    }
  }

  private static HavipNode start(Path file) {
    HavipConfig config =
        KeepalivedReader.read(file, ReadOptions.forThisHost()).config().orElseThrow();
    return HavipNode.builder(config)
        .fences(FenceOptions.NONE)
        .listener(event -> System.out.println(EventLines.json(event)))
        .start();
  }
}
