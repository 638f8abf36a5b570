package io.havip.tencent.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudResult;
import io.havip.tencent.credentials.CredentialsProvider;
import io.havip.tencent.fake.FakeVpcApi.Call;
import io.havip.tencent.fake.LocalServer;
import io.havip.tencent.fake.Scene;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VpcApiTest {

  private static final Duration WITHIN = Duration.ofSeconds(20);

  private final Scene scene = new Scene();
  private final List<Duration> pauses = new ArrayList<>();
  private final ApiClient client = client(scene.api.uri());

  @AfterEach
  void stop() {
    client.close();
    scene.close();
  }

  @Test
  void a_long_description_is_read_page_by_page() {
    for (int i = 0; i < 250; i++) {
      scene.network.eni("eni-x" + i, "subnet-1", "ins-big", "10.0.2." + i);
    }
    CloudResult<List<NetworkInterface>> found =
        new VpcApi(client).interfacesOf("ins-big", Deadline.in(WITHIN));
    assertThat(value(found)).hasSize(250).doesNotHaveDuplicates();
    assertThat(scene.api.calls())
        .extracting(Call::body)
        .extracting(body -> body.path("Offset").asInt())
        .containsExactly(0, 100, 200);
  }

  @Test
  void a_quota_that_is_not_told_is_a_failure() {
    scene.api.answerWith(
        "DescribeVpcLimits", "{\"Response\": {\"VpcLimitSet\": [], \"RequestId\": \"r\"}}");
    assertThat(failure(new VpcApi(client).haVipQuota(Deadline.in(WITHIN))).message())
        .contains("vpc-max-havips");
    assertThat(value(new VpcApi(client).haVipQuota(Deadline.in(WITHIN)))).isEqualTo(10);
  }

  @Test
  void pauses_between_repeats_grow() {
    scene.api.refuse("DescribeVpcLimits", "InternalError");
    scene.api.refuse("DescribeVpcLimits", "InternalError");
    value(new VpcApi(client).haVipQuota(Deadline.in(WITHIN)));
    assertThat(pauses.get(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    assertThat(pauses.get(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
  }

  @Test
  void a_deadline_in_the_past_sends_nothing() {
    CloudFailure late = failure(new VpcApi(client).haVipQuota(Deadline.in(Duration.ofMillis(-1))));
    assertThat(late.kind()).isEqualTo(CloudFailureKind.TIMEOUT);
    assertThat(scene.api.calls()).isEmpty();
  }

  @Test
  void the_clouds_own_waiting_time_is_passed_on_and_kept() {
    try (LocalServer throttling =
            new LocalServer(exchange -> {
              exchange.getResponseHeaders().set("Retry-After", "7");
              LocalServer.answer(
                  exchange,
                  429,
                  "{\"Response\": {\"Error\": {\"Code\": \"RequestLimitExceeded\"}}}"
                      .getBytes(StandardCharsets.UTF_8));
            });
        ApiClient throttled = client(throttling.uri())) {
      CloudFailure failure = failure(new VpcApi(throttled).haVipQuota(Deadline.in(WITHIN)));
      assertThat(failure.kind()).isEqualTo(CloudFailureKind.THROTTLED);
      assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
      assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
    }
  }

  @Test
  void a_body_that_trickles_in_ends_with_the_deadline() {
    try (LocalServer trickling =
            new LocalServer(exchange -> {
              exchange.getRequestBody().readAllBytes();
              exchange.sendResponseHeaders(200, 1000);
              exchange.getResponseBody().write('{');
              exchange.getResponseBody().flush();
            });
        ApiClient patient = client(trickling.uri())) {
      CloudFailure failure =
          failure(new VpcApi(patient).haVipQuota(Deadline.in(Duration.ofMillis(300))));
      assertThat(failure.kind()).isEqualTo(CloudFailureKind.TIMEOUT);
    }
  }

  @Test
  void a_body_without_end_is_cut_and_the_endpoint_is_blamed() {
    try (LocalServer flooding =
            new LocalServer(exchange -> LocalServer.answer(exchange, 200, new byte[5 << 20]));
        ApiClient flooded = client(flooding.uri())) {
      CloudFailure failure = failure(new VpcApi(flooded).haVipQuota(Deadline.in(WITHIN)));
      assertThat(failure.kind()).isEqualTo(CloudFailureKind.UNAVAILABLE);
      assertThat(failure.message()).contains("larger than");
    }
  }

  @Test
  void a_redirect_is_not_followed() {
    try (LocalServer redirecting =
            new LocalServer(exchange -> {
              exchange
                  .getResponseHeaders()
                  .set("Location", scene.api.uri().resolve("/").toString());
              LocalServer.answer(exchange, 307, new byte[0]);
            });
        ApiClient redirected = client(redirecting.uri())) {
      CloudFailure failure = failure(new VpcApi(redirected).haVipQuota(Deadline.in(WITHIN)));
      assertThat(failure.message()).contains("307");
      assertThat(scene.api.calls()).isEmpty();
    }
  }

  private ApiClient client(URI endpoint) {
    return new ApiClient(
        new ApiSettings(
            endpoint,
            "ap-guangzhou",
            CredentialsProvider.fixed(Scene.KEY),
            InstantSource.system(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5)),
        pauses::add);
  }

  private static <T> T value(CloudResult<T> result) {
    return Scene.done(CompletableFuture.completedFuture(result));
  }

  private static <T> CloudFailure failure(CloudResult<T> result) {
    return Scene.failure(CompletableFuture.completedFuture(result));
  }
}
