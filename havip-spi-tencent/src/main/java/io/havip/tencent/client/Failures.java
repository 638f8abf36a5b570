package io.havip.tencent.client;

import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.tencent.credentials.CredentialsException;
import io.havip.tencent.http.BoundedHttp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes failures of one request: what happened, where, and what to do. */
record Failures(ApiSettings settings, ApiRequest request) {

  CloudFailure refused(ErrorCode code, String words, String requestId, @Nullable Duration skew) {
    String message = code.text() + ": " + words + " (request " + requestId + ")";
    if (code.kind() == CloudFailureKind.CLOCK_SKEW) {
      message = code.text() + ": " + clock(skew) + " (request " + requestId + ")";
    }
    return failure(code.kind(), code.outcome(), message, advice(code));
  }

  CloudFailure noReply(IOException cause) {
    CallOutcome outcome =
        BoundedHttp.neverSent(cause) ? CallOutcome.NOT_APPLIED : CallOutcome.UNKNOWN;
    return failure(
        CloudFailureKind.UNAVAILABLE,
        outcome,
        "no reply from " + settings + ": " + BoundedHttp.reason(cause),
        "check the region and the endpoint; an instance without a public address needs the internal"
            + " endpoint");
  }

  CloudFailure late() {
    return failure(
        CloudFailureKind.TIMEOUT,
        CallOutcome.UNKNOWN,
        "no reply from " + settings + " before the deadline",
        "");
  }

  CloudFailure notStarted() {
    return failure(
        CloudFailureKind.TIMEOUT,
        CallOutcome.NOT_APPLIED,
        "the deadline passed before " + request.action() + " was sent to " + settings,
        "");
  }

  CloudFailure closed() {
    return failure(
        CloudFailureKind.UNAVAILABLE, CallOutcome.NOT_APPLIED, "the binding is closed", "");
  }

  CloudFailure notAnApi(int status) {
    return failure(
        CloudFailureKind.UNAVAILABLE,
        CallOutcome.UNKNOWN,
        settings + " answered with HTTP status " + status + " and without the API's envelope",
        "check that the endpoint is one of the API and that no proxy answers in its place");
  }

  CloudFailure noCredentials(CredentialsException cause) {
    return failure(
        cause.passing() ? CloudFailureKind.UNAVAILABLE : CloudFailureKind.AUTHENTICATION,
        CallOutcome.NOT_APPLIED,
        cause.getMessage(),
        "");
  }

  CloudFailure brokenProvider(RuntimeException cause) {
    // Only its class: nobody knows what its message holds.
    return failure(
        CloudFailureKind.AUTHENTICATION,
        CallOutcome.NOT_APPLIED,
        "the credentials provider threw " + cause.getClass().getName(),
        "mend it: a provider throws nothing but CredentialsException");
  }

  /** Reading changes nothing, so its failure leaves no doubt. */
  private CloudFailure failure(
      CloudFailureKind kind, CallOutcome outcome, String message, String advice) {
    return new CloudFailure(
        kind,
        request.writes() ? outcome : CallOutcome.NOT_APPLIED,
        request.operation(),
        message,
        advice,
        Optional.empty());
  }

  private String advice(ErrorCode code) {
    return switch (code.kind()) {
      case CLOCK_SKEW -> "correct it (chrony, NTP); the API accepts five minutes at most";
      case AUTHENTICATION ->
          "check that the key exists, is enabled and belongs to "
              + settings.host()
              + "; a temporary key may have expired";
      case FORBIDDEN -> "allow the action vpc:" + request.action() + " to this key or role in CAM";
      case QUOTA -> "release what is not needed, or ask for a higher quota";
      case CAPACITY -> "free addresses of the subnet, or use a larger one";
      case NOT_FOUND -> "check the ids, and that they are of region " + settings.region();
      case INVALID ->
          code.text().startsWith("UnsupportedRegion")
              ? "check the region's name: " + settings.region()
              : "";
      case THROTTLED ->
          "fewer calls: the quota per action is shared by everybody who uses the account";
      case BUSY,
          CONFLICT,
          ALREADY_DONE,
          NOT_MEMBER,
          WRONG_SUBNET,
          INCORRECT_STATE,
          UNAVAILABLE,
          TIMEOUT ->
          "";
    };
  }

  private static String clock(@Nullable Duration ahead) {
    if (ahead == null) {
      return "this host's clock and the API's differ too much";
    }
    Duration size = ahead.abs();
    return "this host's clock is "
        + (size.toMinutes() > 0 ? size.toMinutes() + " min " : "")
        + size.toSecondsPart()
        + " s "
        + (ahead.isNegative() ? "behind" : "ahead of")
        + " the API's";
  }

  /** How far this host is ahead of the API; null if the reply does not tell its time. */
  static @Nullable Duration skew(Optional<Instant> theirs, Instant ours) {
    return theirs.map(time -> Duration.between(time, ours)).orElse(null);
  }
}
