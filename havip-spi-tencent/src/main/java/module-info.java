import io.havip.spi.cloud.CloudBindingProvider;
import io.havip.tencent.TencentHavipProvider;
import io.havip.tencent.TencentPrivateIpProvider;
import org.jspecify.annotations.NullMarked;

/**
 * Tencent Cloud: the binding that observes and confirms a HAVIP, the one that moves an ordinary
 * private address by API call, and the credentials they sign with.
 */
@NullMarked
module io.havip.spi.tencent {
  requires transitive io.havip.api;
  requires com.fasterxml.jackson.databind;
  requires java.net.http;

  exports io.havip.tencent;
  exports io.havip.tencent.credentials;

  provides CloudBindingProvider with
      TencentHavipProvider,
      TencentPrivateIpProvider;
}
