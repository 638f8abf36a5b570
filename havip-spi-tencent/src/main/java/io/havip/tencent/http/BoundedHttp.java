package io.havip.tencent.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * One exchange with a bound on its whole time. The timeout of an {@link HttpRequest} ends with the
 * reply's headers, so a body that trickles in would outlast it.
 */
public final class BoundedHttp implements AutoCloseable {

  private static final int LARGEST_BODY = 4 << 20;

  private final HttpClient http;

  /**
   * Opens a client that follows no redirect: a signed request is meant for one host.
   *
   * @param connectTimeout how long connecting may take
   */
  public BoundedHttp(Duration connectTimeout) {
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .build();
  }

  /**
   * Sends a request and waits for the whole reply.
   *
   * @param request the request
   * @param within how long it may take, connecting included
   * @return the reply
   * @throws IOException if it did not come, or not in time
   * @throws InterruptedException if the waiting thread was interrupted; the exchange is given up
   */
  public HttpResponse<byte[]> exchange(HttpRequest request, Duration within)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> reply =
        http.sendAsync(request, headers -> new LimitedBody(LARGEST_BODY));
    try {
      return reply.get(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no complete reply within " + within.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw asIoException(e);
    } finally {
      // Ends the exchange if it is still running; does nothing to one that is complete.
      reply.cancel(true);
    }
  }

  /**
   * Tells whether a failed exchange failed before anything was sent.
   *
   * @param failure what {@link #exchange} threw
   * @return true only if the other side cannot have seen the request
   */
  public static boolean neverSent(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof HttpConnectTimeoutException
          || cause instanceof UnresolvedAddressException
          || cause instanceof SSLHandshakeException) {
        return true;
      }
    }
    return false;
  }

  /**
   * Says in words why an exchange failed. Exceptions of the HTTP client often have no message.
   *
   * @param failure what {@link #exchange} threw
   * @return a short phrase
   */
  public static String reason(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnresolvedAddressException e -> {
          return "the name has no address";
        }
        case HttpConnectTimeoutException e -> {
          return "no connection in time";
        }
        case ConnectException e -> {
          // Its cause may tell more: a name that does not resolve comes wrapped.
          if (e.getCause() == null) {
            return "no connection: " + e.getMessage();
          }
        }
        default -> {}
      }
    }
    String text = failure.getMessage();
    return text == null || text.isBlank() ? failure.getClass().getSimpleName() : text;
  }

  /** Ends all running exchanges. Does not block. */
  @Override
  public void close() {
    http.shutdownNow();
  }

  private static IOException asIoException(ExecutionException e) {
    return e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
  }
}
