package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the cloud's moods, the walk-through ends well. */
class VpcWalkPropertyTest {

  private static final Pattern OUTAGE = Pattern.compile("Without service: ([0-9.]+) s\\.");

  @Property(tries = 40)
  void theOutageIsDetectionAndConvergenceAndNoMore(@ForAll long seed) {
    String story = VpcWalkTest.story(Long.toString(seed));
    Matcher outage = OUTAGE.matcher(story);

    assertThat(outage.find()).isTrue();
    // Priority 80 waits 3.6875 s at most; the cloud takes 0.1 to 10 s.
    assertThat(Double.parseDouble(outage.group(1))).isBetween(2.6875 + 0.1, 3.688 + 10);
    assertThat(story.substring(story.indexOf("5. cvm1 fails"))).contains("Server       cvm2");
  }
}
