package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.RealNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code docs/lab.sh}, as the guide to the first steps uses it. */
class LabScriptIT {

  private static final Path SCRIPT = Path.of("../lab.sh");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final List<Process> members = new ArrayList<>();

  @AfterEach
  void close() throws IOException, InterruptedException {
    lab("down");
    for (Process member : members) {
      member.destroyForcibly().waitFor();
    }
  }

  @Test
  void twoMembersHandTheAddressOver() throws IOException, InterruptedException {
    RealNetwork.assume("ping");
    assertThat(lab("up")).isEmpty();
    Process a = member("a");
    awaitHolder("a");
    member("b");
    a.destroy();
    assertThat(a.waitFor(10, TimeUnit.SECONDS)).isTrue();
    awaitHolder("b");
  }

  private Process member(String name) throws IOException {
    Process member =
        script("member", name)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    members.add(member);
    return member;
  }

  private static void awaitHolder(String name) {
    Await.until("the client reaches " + name, LIMIT, () -> lab("holder"), name::equals);
  }

  private static String lab(String... arguments) {
    try {
      Process process = script(arguments).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ProcessBuilder script(String... arguments) {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("HAVIP_JAR", Member.jar().toString());
    return builder;
  }
}
