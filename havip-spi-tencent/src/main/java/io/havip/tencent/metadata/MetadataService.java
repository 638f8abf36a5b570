package io.havip.tencent.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.havip.tencent.http.BoundedHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Reads from the metadata service, which answers by plain HTTP on an instance of Tencent Cloud and
 * nowhere else.
 *
 * @param address scheme, host and port
 * @param timeout how long one request may take
 */
public record MetadataService(URI address, Duration timeout) {

  /** Where instances of Tencent Cloud find it. */
  public static final URI DEFAULT_ADDRESS = URI.create("http://metadata.tencentyun.com");

  /** How long to wait for it, unless told otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

  private static final String ROOT = "/latest/meta-data/";

  /**
   * Reads one value.
   *
   * @param path below {@code /latest/meta-data/}
   * @return the value
   * @throws MetadataException if there is none
   */
  public String read(String path) throws MetadataException {
    HttpRequest request = HttpRequest.newBuilder(address.resolve(ROOT + path)).GET().build();
    // Asked at start and once in hours: a client kept open would only keep a thread.
    try (BoundedHttp http = new BoundedHttp(timeout)) {
      HttpResponse<byte[]> response = http.exchange(request, timeout);
      return switch (response.statusCode()) {
        case 200 -> new String(response.body(), UTF_8);
        case 404 -> throw new MetadataException(address + " has no " + path, false);
        default ->
            throw new MetadataException(
                address + " answered with HTTP status " + response.statusCode(), true);
      };
    } catch (IOException e) {
      throw new MetadataException(
          address
              + " did not answer ("
              + BoundedHttp.reason(e)
              + "); it answers only on an instance of Tencent Cloud",
          true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MetadataException("asking " + address + " was interrupted", true);
    }
  }

  @Override
  public String toString() {
    return "the metadata service at " + address;
  }
}
