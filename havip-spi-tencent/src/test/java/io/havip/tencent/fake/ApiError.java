package io.havip.tencent.fake;

/** What the API refuses with. */
final class ApiError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  ApiError(String code) {
    super("refused by the fake: " + code);
    this.code = code;
  }

  String code() {
    return code;
  }
}
