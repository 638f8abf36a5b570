package io.havip.tencent.fake;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Observation;
import io.havip.tencent.TencentSettings;
import io.havip.tencent.TencentSettingsBuilder;
import io.havip.tencent.credentials.Credentials;
import io.havip.tencent.credentials.CredentialsProvider;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Two instances in one subnet, a third in another, a HAVIP, a private address, and the API. */
public final class Scene implements AutoCloseable {

  public static final String SECRET_ID = "AKIDTESTTESTTESTTEST";
  public static final String SECRET_KEY = "k3yth4tmustn0tb3seen";
  public static final Credentials KEY = Credentials.permanent(SECRET_ID, SECRET_KEY);
  public static final IpAddress HAVIP = IpAddress.parse("10.0.0.9");
  public static final IpAddress PRIVATE = IpAddress.parse("10.0.0.7");
  public static final Duration WITHIN = Duration.ofSeconds(20);

  public final FakeNetwork network =
      new FakeNetwork()
          .eni("eni-a", "subnet-1", "ins-a", "10.0.0.2")
          .eni("eni-b", "subnet-1", "ins-b", "10.0.0.3")
          .eni("eni-c", "subnet-2", "ins-c", "10.0.1.2")
          .haVip("havip-1", "10.0.0.9", "subnet-1", false);
  public final FakeVpcApi api = new FakeVpcApi(network, KEY);

  /** Settings of the member on an instance. */
  public TencentSettingsBuilder member(String instance) {
    return TencentSettings.builder("ap-guangzhou", "vpc-1")
        .endpoint(api.uri())
        .credentials(CredentialsProvider.fixed(KEY))
        .instance(instance);
  }

  public static <T> T done(CompletableFuture<CloudResult<T>> call) {
    return switch (call.join()) {
      case CloudResult.Done<T>(T value) -> value;
      case CloudResult.Failed<T>(CloudFailure failure) ->
          throw new AssertionError(failure.describe());
    };
  }

  public static <T> CloudFailure failure(CompletableFuture<CloudResult<T>> call) {
    return switch (call.join()) {
      case CloudResult.Done<T>(T value) -> throw new AssertionError("worked: " + value);
      case CloudResult.Failed<T>(CloudFailure failure) -> failure;
    };
  }

  public static CloudFailure unknown(CompletableFuture<Observation> call) {
    return call.join() instanceof Observation.Unknown(CloudFailure cause)
        ? cause
        : fail(call.join());
  }

  private static CloudFailure fail(Observation observation) {
    throw new AssertionError("known: " + observation);
  }

  @Override
  public void close() {
    api.close();
  }
}
