package io.havip.testkit.vpc;

/** Why the API refuses a call, apart from the rules of the VPC. */
public enum ApiError {
  /** Too many calls of this action in a second. Nothing was done. */
  THROTTLED("RequestLimitExceeded"),
  /** A task on the same resource still runs. Nothing was done. */
  BUSY("UnsupportedOperation.MutexOperationTaskRunning"),
  /** The caller's clock is more than five minutes off. Nothing was done. */
  SIGNATURE_EXPIRED("AuthFailure.SignatureExpire"),
  /** The caller's credentials are not valid. Nothing was done. */
  UNAUTHENTICATED("AuthFailure.SecretIdNotFound"),
  /** The caller may not use this action. Nothing was done. */
  FORBIDDEN("UnauthorizedOperation"),
  /** The cloud itself is out of order. Nothing was done. */
  INTERNAL("InternalError"),
  /** A client token came again with another request. Nothing was done. */
  TOKEN_REUSED("UnsupportedOperation.IdempotentParameterMismatch"),
  /** What the caller expects is no longer so: the write was conditional. Nothing was done. */
  CONDITION_NOT_MET("ConditionNotMet"),
  /** There is no such task. */
  NO_SUCH_TASK("ResourceNotFound"),
  /** A rule of the VPC forbids it; the reply names it. Nothing was done. */
  REFUSED("UnsupportedOperation");

  private final String code;

  ApiError(String code) {
    this.code = code;
  }

  /**
   * Returns the error code, in the manner of Tencent Cloud.
   *
   * @return the code
   */
  public String code() {
    return code;
  }
}
