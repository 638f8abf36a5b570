import io.havip.linux.LinuxPlatformProvider;
import io.havip.spi.PlatformProvider;
import org.jspecify.annotations.NullMarked;

/**
 * The Linux platform: raw sockets, ARP and ND, rtnetlink, timers and fences, by {@code
 * java.lang.foreign} and without a native library.
 *
 * <p>The application must grant native access: {@code --enable-native-access=io.havip.spi.linux} on
 * the module path, {@code --enable-native-access=ALL-UNNAMED} on the class path.
 */
@NullMarked
module io.havip.spi.linux {
  requires transitive io.havip.api;

  exports io.havip.linux;

  provides PlatformProvider with
      LinuxPlatformProvider;
}
