package io.havip.tencent;

import static io.havip.tencent.fake.Scene.HAVIP;
import static io.havip.tencent.fake.Scene.PRIVATE;
import static io.havip.tencent.fake.Scene.WITHIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.TakeoverRequest;
import io.havip.tencent.credentials.Credentials;
import io.havip.tencent.credentials.CredentialsException;
import io.havip.tencent.credentials.CredentialsProvider;
import io.havip.tencent.credentials.InstanceRole;
import io.havip.tencent.fake.FakeMetadata;
import io.havip.tencent.fake.FakeVpcApi.Fault;
import io.havip.tencent.fake.Scene;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Lets everything fail that can, with a key that is easy to find, and looks for it in all that
 * comes out: results and their text, the text of every object with a key inside, both output
 * streams, and the JDK's log at its finest.
 */
class SecretsTest {

  private static final String TOKEN = "t0k3nth4tmustn0tb3seen";
  private final Credentials temporary =
      new Credentials(Scene.SECRET_ID, Scene.SECRET_KEY, TOKEN, Instant.now().plusSeconds(7200));

  private final List<String> said = new ArrayList<>();

  @Test
  void no_part_of_a_key_ever_comes_out() {
    ByteArrayOutputStream streams = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    Handler handler = listen();
    PrintStream capture = new PrintStream(streams, true, StandardCharsets.UTF_8);
    System.setOut(capture);
    System.setErr(capture);
    try {
      letEverythingFail();
    } finally {
      System.setOut(out);
      System.setErr(err);
      Logger.getLogger("").removeHandler(handler);
    }
    assertThat(said).hasSizeGreaterThan(60);
    assertThat(String.join("\n", said) + streams.toString(StandardCharsets.UTF_8))
        .contains("(redacted)", "AuthFailure")
        .doesNotContain(Scene.SECRET_ID, Scene.SECRET_KEY, TOKEN);
  }

  /** The search can fail: what is planted is found. */
  @Test
  void the_search_finds_what_is_there() {
    say(Scene.SECRET_KEY);
    assertThat(String.join("\n", said)).contains(Scene.SECRET_KEY);
  }

  private void letEverythingFail() {
    try (Scene scene = new Scene();
        FakeMetadata metadata = new FakeMetadata().role("havip", temporary)) {
      scene.network.place("10.0.0.7", "eni-b");
      scene.api.accept(temporary);
      InstanceRole role = InstanceRole.builder().metadata(metadata.uri()).build();
      runWith(scene, CredentialsProvider.fixed(temporary));
      runWith(scene, role);
      runWith(
          scene,
          () -> {
            throw new IllegalStateException(Scene.SECRET_KEY);
          });
      runWith(
          scene,
          () -> {
            throw new CredentialsException("none today", true);
          });
      scene.api.accept(Credentials.permanent("someone-else", "other"));
      runWith(scene, CredentialsProvider.fixed(temporary));
    }
  }

  private void runWith(Scene scene, CredentialsProvider provider) {
    TencentSettings settings = scene.member("ins-a").credentials(provider).build();
    say(provider);
    say(settings);
    try (TencentHavipBinding havip = new TencentHavipBinding(settings, length -> {});
        TencentPrivateIpBinding move =
            new TencentPrivateIpBinding(settings, OnRelinquish.UNASSIGN, length -> {})) {
      for (String code : List.of("AuthFailure.TokenFailure", "InternalError", "InvalidParameter")) {
        scene.api.refuse("DescribeHaVips", code);
        call(havip);
        scene.api.refuse("MigratePrivateIpAddress", code);
        call(move);
      }
      scene.api.fault("DescribeHaVips", Fault.LOSE_REPLY);
      scene.api.answerWith("DescribeHaVips", "{\"echo\": \"" + Scene.SECRET_KEY + "\"}");
      call(havip);
      scene.api.fault("MigratePrivateIpAddress", Fault.DROP);
      call(move);
    }
  }

  private void call(CloudBinding binding) {
    say(binding);
    say(binding.description());
    say(binding.describe(HAVIP, WITHIN).join());
    say(binding.takeover(new TakeoverRequest(PRIVATE, Optional.empty(), 1), WITHIN).join());
    say(binding.relinquish(PRIVATE, WITHIN).join());
  }

  private void say(Object thing) {
    said.add(String.valueOf(thing));
  }

  private Handler listen() {
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            said.add(entry.getMessage() + " " + entry.getThrown());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    handler.setLevel(Level.ALL);
    Logger.getLogger("").addHandler(handler);
    return handler;
  }
}
