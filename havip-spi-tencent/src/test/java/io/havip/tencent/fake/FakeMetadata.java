package io.havip.tencent.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.havip.tencent.credentials.Credentials;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The metadata service of one instance, with faults. */
public final class FakeMetadata implements AutoCloseable {

  private static final String ROOT = "/latest/meta-data/";

  private final Map<String, String> values = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final LocalServer server = new LocalServer(this::handle);
  private volatile int status = 200;

  public URI uri() {
    return server.uri();
  }

  public int requests() {
    return requests.get();
  }

  public FakeMetadata value(String path, String value) {
    values.put(ROOT + path, value);
    return this;
  }

  /** Binds a role and serves these credentials for it. */
  public FakeMetadata role(String name, Credentials credentials) {
    Instant end = credentials.expiresAt();
    value("cam/security-credentials/", name);
    return value(
        "cam/security-credentials/" + name,
        """
        {"TmpSecretId": "%s", "TmpSecretKey": "%s", "ExpiredTime": %d, "Expiration": "%s",
         "Token": "%s", "Code": "Success"}\
        """
            .formatted(
                credentials.secretId(),
                credentials.secretKey(),
                end.getEpochSecond(),
                end,
                credentials.token()));
  }

  /** From now on every request is answered so; 200 ends the fault. */
  public void failWith(int httpStatus) {
    status = httpStatus;
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    String value = values.get(exchange.getRequestURI().getPath());
    if (status != 200 || value == null) {
      LocalServer.answer(exchange, status != 200 ? status : 404, new byte[0]);
    } else {
      LocalServer.answer(exchange, 200, value.getBytes(UTF_8));
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
