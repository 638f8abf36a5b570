package io.havip.testkit.cloud;

import io.havip.spi.cloud.CloudFailureKind;
import io.havip.testkit.vpc.ApiError;

/** The errors of a simulated VPC's API and the failures that a binding makes of them. */
final class ApiErrors {

  private ApiErrors() {}

  /** {@return the error that shows as a failure of this kind, an internal one if there is none} */
  static ApiError of(CloudFailureKind kind) {
    for (ApiError error : ApiError.values()) {
      if (kind(error) == kind) {
        return error;
      }
    }
    return ApiError.INTERNAL;
  }

  static CloudFailureKind kind(ApiError error) {
    return switch (error) {
      case THROTTLED -> CloudFailureKind.THROTTLED;
      case BUSY -> CloudFailureKind.BUSY;
      case SIGNATURE_EXPIRED -> CloudFailureKind.CLOCK_SKEW;
      case UNAUTHENTICATED -> CloudFailureKind.AUTHENTICATION;
      case FORBIDDEN -> CloudFailureKind.FORBIDDEN;
      case INTERNAL -> CloudFailureKind.UNAVAILABLE;
      case TOKEN_REUSED -> CloudFailureKind.INVALID;
      case CONDITION_NOT_MET -> CloudFailureKind.CONFLICT;
      case NO_SUCH_TASK -> CloudFailureKind.NOT_FOUND;
      case REFUSED -> CloudFailureKind.INCORRECT_STATE;
    };
  }
}
