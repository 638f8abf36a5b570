package io.havip.linux.internal.guardian;

import io.havip.linux.internal.libc.Libc;
import io.havip.linux.internal.libc.ProcessCalls;
import io.havip.spi.PlatformException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The second process: watches over the one that started it, whose shared memory is its standard
 * input, until that ends. What it says goes to the log of the first.
 */
public final class GuardianMain {

  private GuardianMain() {}

  /**
   * Runs the guardian.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    // A terminal, a service manager and a shell tell the whole group to end. The first process does
    // so in order and lets this one go; until then it must be here.
    ProcessCalls.ignore(ProcessCalls.SIGHUP);
    ProcessCalls.ignore(ProcessCalls.SIGINT);
    ProcessCalls.ignore(ProcessCalls.SIGTERM);
    ProcessCalls.newSession();
    try (Arena arena = Arena.ofConfined()) {
      Region region = new Region(map(), Region.SLOTS);
      if (!region.known()) {
        throw new PlatformException(
            "standard input is not the shared memory of this version; a node starts this program");
      }
      Hands hands = new Hands(new Libc(arena), arena);
      Rehearsal.play(hands);
      ProcessCalls.stayInMemory();
      outliveMemoryShortage();
      Watch watch = new Watch(region, hands, arena, System.err::println);
      HaltWatch.start(region, watch, System.err::println);
      watch.run();
    } catch (IOException | PlatformException e) {
      System.err.println(e.getMessage());
      Runtime.getRuntime().halt(1);
    }
    Runtime.getRuntime().halt(0);
  }

  /**
   * When memory runs out the kernel may choose this process too, while that of the one it killed
   * first is not free yet (seen with both in one control group). To be spared takes
   * CAP_SYS_RESOURCE.
   */
  private static void outliveMemoryShortage() {
    try {
      Files.writeString(Path.of("/proc/self/oom_score_adj"), "-1000");
    } catch (IOException e) {
      // Not allowed: then the kernel's fences count if both are killed.
    }
  }

  /** Both threads look at it as long as the process lives. */
  private static MemorySegment map() throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            Path.of("/proc/self/fd/0"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.map(MapMode.READ_WRITE, 0, Region.SIZE, Arena.global());
    }
  }
}
