package io.havip.tencent.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudResult;
import io.havip.tencent.credentials.Credentials;
import io.havip.tencent.credentials.CredentialsException;
import io.havip.tencent.http.BoundedHttp;
import io.havip.tencent.signature.Tc3Signature;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sends actions to the API and reads the answers.
 *
 * <p>Blocks the calling thread until the deadline at most, and never throws: a failure is a value.
 * A request that reads is repeated, with growing pauses, when the failure is one that passes; one
 * that writes is sent once. Safe for several threads.
 */
public final class ApiClient implements AutoCloseable {

  /** How often one reading action is sent at most. */
  static final int MOST_ATTEMPTS = 3;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SERVICE = "vpc";
  private static final String VERSION = "2017-03-12";
  private static final String CONTENT_TYPE = "application/json; charset=utf-8";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private final ApiSettings settings;
  private final Pauses pauses;
  private final BoundedHttp http;
  private final RetryBudget budget = new RetryBudget();
  private volatile boolean closed;

  /**
   * Opens a client. Sends nothing yet.
   *
   * @param settings where and how
   * @param pauses how to wait between attempts
   */
  public ApiClient(ApiSettings settings, Pauses pauses) {
    this.settings = settings;
    this.pauses = pauses;
    http = new BoundedHttp(settings.connectTimeout());
  }

  /** {@return where the API is and how it is spoken to} */
  public ApiSettings settings() {
    return settings;
  }

  /** {@return how the client waits} */
  Pauses pauses() {
    return pauses;
  }

  /**
   * Carries out an action.
   *
   * @param request the action
   * @param deadline when it must be over
   * @return the answer, or why there is none
   */
  public CloudResult<ApiAnswer> call(ApiRequest request, Deadline deadline) {
    for (int attempt = 1; ; attempt++) {
      CloudResult<ApiAnswer> result = once(request, deadline);
      if (!(result instanceof CloudResult.Failed<ApiAnswer>(CloudFailure failure))) {
        budget.earn();
        return result;
      }
      if (request.writes() || attempt == MOST_ATTEMPTS || closed || !failure.retryable()) {
        return result;
      }
      Duration pause = failure.retryAfter().orElse(backoff(attempt));
      if (pause.compareTo(deadline.remaining()) >= 0 || !budget.take() || !slept(pause)) {
        return result;
      }
    }
  }

  private CloudResult<ApiAnswer> once(ApiRequest request, Deadline deadline) {
    Failures failures = new Failures(settings, request);
    Duration left = deadline.remaining();
    if (closed) {
      return new CloudResult.Failed<>(failures.closed());
    }
    if (!left.isPositive()) {
      return new CloudResult.Failed<>(failures.notStarted());
    }
    Credentials credentials;
    try {
      credentials = settings.credentials().current();
    } catch (CredentialsException e) {
      return new CloudResult.Failed<>(failures.noCredentials(e));
    } catch (RuntimeException e) {
      return new CloudResult.Failed<>(failures.brokenProvider(e));
    }
    return send(request, credentials, failures, deadline);
  }

  private CloudResult<ApiAnswer> send(
      ApiRequest request, Credentials credentials, Failures failures, Deadline deadline) {
    HttpRequest signed = sign(request, credentials);
    Duration left = deadline.remaining();
    Duration limit = min(left, settings.requestTimeout());
    if (!limit.isPositive()) {
      return new CloudResult.Failed<>(failures.notStarted());
    }
    try {
      return read(http.exchange(signed, limit), credentials, failures);
    } catch (HttpTimeoutException e) {
      return new CloudResult.Failed<>(
          BoundedHttp.neverSent(e) ? failures.noReply(e) : failures.late());
    } catch (IOException e) {
      return new CloudResult.Failed<>(closed ? failures.late() : failures.noReply(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CloudResult.Failed<>(failures.late());
    }
  }

  private HttpRequest sign(ApiRequest request, Credentials credentials) {
    byte[] body = request.parameters().toString().getBytes(UTF_8);
    Instant now = settings.clock().instant();
    Map<String, String> signed =
        Map.of(
            "content-type", CONTENT_TYPE, "host", settings.host(), "x-tc-action", request.action());
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(settings.endpoint().resolve("/"))
            .header("Content-Type", CONTENT_TYPE)
            .header("X-TC-Action", request.action())
            .header("X-TC-Version", VERSION)
            .header("X-TC-Region", settings.region())
            .header("X-TC-Timestamp", Long.toString(now.getEpochSecond()))
            .header("X-TC-Language", "en-US")
            .header(
                "Authorization",
                new Tc3Signature(SERVICE, now, signed, body)
                    .authorization(credentials.secretId(), credentials.secretKey()));
    String token = credentials.token();
    if (token != null) {
      builder.header("X-TC-Token", token);
    }
    return builder.POST(BodyPublishers.ofByteArray(body)).build();
  }

  private CloudResult<ApiAnswer> read(
      HttpResponse<byte[]> reply, Credentials credentials, Failures failures) {
    JsonNode envelope = parse(reply.body()).path("Response");
    String requestId = envelope.path("RequestId").asText();
    if (!envelope.isObject()) {
      return new CloudResult.Failed<>(failures.notAnApi(reply.statusCode()));
    }
    JsonNode error = envelope.path("Error");
    if (error.path("Code").isMissingNode()) {
      return new CloudResult.Done<>(new ApiAnswer(requestId, envelope));
    }
    CloudFailure failure =
        failures.refused(
            ErrorCode.of(error.path("Code").asText()),
            credentials.redact(error.path("Message").asText()),
            requestId,
            Failures.skew(date(reply), settings.clock().instant()));
    return new CloudResult.Failed<>(retryAfter(reply).map(failure::after).orElse(failure));
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  private static Optional<Instant> date(HttpResponse<byte[]> reply) {
    try {
      return reply
          .headers()
          .firstValue("Date")
          .map(text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> retryAfter(HttpResponse<byte[]> reply) {
    return reply
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,4}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }

  /** Doubles, and spreads the members: half of the pause is by chance. */
  private static Duration backoff(int attempt) {
    long full = FIRST_PAUSE.toMillis() << (attempt - 1);
    return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
  }

  private boolean slept(Duration pause) {
    try {
      pauses.pause(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** Ends running requests; later ones fail. Does not block. */
  @Override
  public void close() {
    closed = true;
    http.close();
  }
}
