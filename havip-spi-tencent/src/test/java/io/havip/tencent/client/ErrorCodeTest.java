package io.havip.tencent.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudFailureKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of error codes, row by row. */
class ErrorCodeTest {

  @ParameterizedTest
  @CsvSource({
    "RequestLimitExceeded, THROTTLED, NOT_APPLIED",
    "RequestLimitExceeded.UinLimitExceeded, THROTTLED, NOT_APPLIED",
    "RequestLimitExceeded.IPLimitExceeded, THROTTLED, NOT_APPLIED",
    "RequestLimitExceeded.GlobalRegionUinLimitExceeded, THROTTLED, NOT_APPLIED",
    "LimitExceeded, QUOTA, NOT_APPLIED",
    "LimitExceeded.ActionLimited, THROTTLED, NOT_APPLIED",
    "ResourceInUse, CONFLICT, NOT_APPLIED",
    "ResourceInUse.Address, CONFLICT, NOT_APPLIED",
    "ResourceBusy, BUSY, NOT_APPLIED",
    "UnsupportedOperation.MutexOperationTaskRunning, BUSY, NOT_APPLIED",
    "OperationDenied.MutexTaskRunning, BUSY, NOT_APPLIED",
    "UnsupportedOperation.IdempotentProcessing, BUSY, UNKNOWN",
    "UnsupportedOperation.BindEIP, ALREADY_DONE, NOT_APPLIED",
    "UnsupportedOperation.UnbindEIP, ALREADY_DONE, NOT_APPLIED",
    "UnsupportedOperation.UnsupportedBindLocalZoneEIP, INVALID, NOT_APPLIED",
    "UnsupportedOperation.PrimaryIp, INVALID, NOT_APPLIED",
    "UnauthorizedOperation.PrimaryIp, INVALID, NOT_APPLIED",
    "UnauthorizedOperation.AttachmentNotFound, INCORRECT_STATE, NOT_APPLIED",
    "ResourceNotFound, NOT_FOUND, NOT_APPLIED",
    "UnsupportedOperation.SubnetNotExists, NOT_FOUND, NOT_APPLIED",
    "ResourceInsufficient, CAPACITY, NOT_APPLIED",
    "ResourceInsufficient.Subnet, CAPACITY, NOT_APPLIED",
    "AuthFailure.SignatureFailure, AUTHENTICATION, NOT_APPLIED",
    "AuthFailure.SecretIdNotFound, AUTHENTICATION, NOT_APPLIED",
    "AuthFailure.TokenFailure, AUTHENTICATION, NOT_APPLIED",
    "AuthFailure.SignatureExpire, CLOCK_SKEW, NOT_APPLIED",
    "AuthFailure.UnauthorizedOperation, FORBIDDEN, NOT_APPLIED",
    "UnauthorizedOperation, FORBIDDEN, NOT_APPLIED",
    "InvalidParameter, INVALID, NOT_APPLIED",
    "InvalidParameter.Coexist, INVALID, NOT_APPLIED",
    "InvalidParameterValue.Reserved, INVALID, NOT_APPLIED",
    "MissingParameter, INVALID, NOT_APPLIED",
    "UnknownParameter, INVALID, NOT_APPLIED",
    "UnsupportedRegion, INVALID, NOT_APPLIED",
    "UnsupportedOperation, INCORRECT_STATE, NOT_APPLIED",
    "UnsupportedOperation.InvalidState, INCORRECT_STATE, NOT_APPLIED",
    "FailedOperation, INCORRECT_STATE, UNKNOWN",
    "InternalError, UNAVAILABLE, UNKNOWN",
    "InternalError.ModuleError, UNAVAILABLE, UNKNOWN",
    "InternalServerError, UNAVAILABLE, UNKNOWN",
    "ResourceUnavailable, UNAVAILABLE, UNKNOWN",
    "ServiceUnavailable, UNAVAILABLE, UNKNOWN",
    "SomethingNobodyHasSeen, UNAVAILABLE, UNKNOWN",
    "'', UNAVAILABLE, UNKNOWN",
  })
  void every_code_has_its_class(String code, CloudFailureKind kind, CallOutcome outcome) {
    assertThat(ErrorCode.of(code)).isEqualTo(new ErrorCode(code, kind, outcome));
  }
}
