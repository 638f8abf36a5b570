package io.havip.tencent.client;

import static io.havip.spi.cloud.CallOutcome.NOT_APPLIED;
import static io.havip.spi.cloud.CallOutcome.UNKNOWN;

import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudFailureKind;

/**
 * What an error code of the API means. A code is a family, and mostly a detail after a dot.
 *
 * <p>Classified by the code and never by the HTTP status, which is 200 for errors too.
 *
 * @param text the code as the API sent it
 * @param kind the class of failure
 * @param outcome what a request that changes something has changed
 */
public record ErrorCode(String text, CloudFailureKind kind, CallOutcome outcome) {

  /**
   * Classifies a code. A code that is not known counts as a failure of the cloud with an unknown
   * outcome: the careful reading.
   *
   * @param text the code
   * @return its class
   */
  public static ErrorCode of(String text) {
    int dot = text.indexOf('.');
    String family = dot < 0 ? text : text.substring(0, dot);
    String detail = dot < 0 ? "" : text.substring(dot + 1);
    CloudFailureKind kind = kind(family, detail);
    return new ErrorCode(text, kind, outcome(family, detail, kind));
  }

  private static CloudFailureKind kind(String family, String detail) {
    return switch (detail) {
      case "ActionLimited" -> CloudFailureKind.THROTTLED;
      case "MutexOperationTaskRunning", "MutexTaskRunning", "IdempotentProcessing" ->
          CloudFailureKind.BUSY;
      case "BindEIP", "UnbindEIP" -> CloudFailureKind.ALREADY_DONE;
      case "SubnetNotExists" -> CloudFailureKind.NOT_FOUND;
      case "PrimaryIp", "UnsupportedBindLocalZoneEIP" -> CloudFailureKind.INVALID;
      case "AttachmentNotFound" -> CloudFailureKind.INCORRECT_STATE;
      case "SignatureExpire" -> CloudFailureKind.CLOCK_SKEW;
      // The API gateway's way to say what services call UnauthorizedOperation.
      case "UnauthorizedOperation" -> CloudFailureKind.FORBIDDEN;
      default -> kind(family);
    };
  }

  private static CloudFailureKind kind(String family) {
    return switch (family) {
      case "RequestLimitExceeded" -> CloudFailureKind.THROTTLED;
      case "LimitExceeded" -> CloudFailureKind.QUOTA;
      case "ResourceInUse" -> CloudFailureKind.CONFLICT;
      case "ResourceBusy" -> CloudFailureKind.BUSY;
      case "ResourceNotFound" -> CloudFailureKind.NOT_FOUND;
      case "ResourceInsufficient" -> CloudFailureKind.CAPACITY;
      case "AuthFailure" -> CloudFailureKind.AUTHENTICATION;
      case "UnauthorizedOperation" -> CloudFailureKind.FORBIDDEN;
      case "InvalidParameter",
          "InvalidParameterValue",
          "MissingParameter",
          "UnknownParameter",
          "UnsupportedRegion",
          "InvalidAction",
          "InvalidRequest" ->
          CloudFailureKind.INVALID;
      case "UnsupportedOperation", "OperationDenied", "FailedOperation" ->
          CloudFailureKind.INCORRECT_STATE;
      default -> CloudFailureKind.UNAVAILABLE;
    };
  }

  private static CallOutcome outcome(String family, String detail, CloudFailureKind kind) {
    // The request that came first with this token is still at work; a failed operation may have
    // begun; a failure of the cloud says nothing.
    boolean doubt =
        kind == CloudFailureKind.UNAVAILABLE
            || family.equals("FailedOperation")
            || detail.equals("IdempotentProcessing");
    return doubt ? UNKNOWN : NOT_APPLIED;
  }
}
