package io.havip.testkit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The samples in docs/samples are what the code draws. After a change of the drawing, {@code
 * -Dhavip.samples=write} writes them anew.
 */
class SamplesTest {

  @Test
  void theCleanFailoverIsDrawnAsItIsKept() throws IOException {
    same("clean-failover.html", Samples.cleanFailover());
  }

  @Test
  void thePauseOverlapIsDrawnAsItIsKept() throws IOException {
    same("pause-overlap.html", Samples.pauseOverlap());
  }

  private static void same(String name, FailoverRun run) throws IOException {
    Path file = Samples.folder().resolve(name);
    if (System.getProperty("havip.samples", "compare").equals("write")) {
      FailoverReport.write(run, file);
    }
    assertThat(FailoverReport.html(run)).isEqualTo(Files.readString(file));
    assertThat(Files.size(file)).isLessThan(300_000);
  }
}
