package io.havip.core.keepalived;

import io.havip.HavipConfig;
import io.havip.VirtualRouterConfig;
import java.util.List;

/** Short ways to read a text and to look at what came of it. */
final class Conf {

  static final String FILE = "keepalived.conf";
  static final ReadOptions OPTIONS = ReadOptions.forHost("east.example").withUserName("app");
  static final String VIP = "virtual_ipaddress {\n 10.0.0.1\n }";

  private Conf() {}

  static ReadResult read(String text) {
    return KeepalivedReader.read(text, FILE, OPTIONS);
  }

  /** An instance named A on eth0 with VRID 51 and address 10.0.0.1; the body starts in line 7. */
  static String instance(String body) {
    return "vrrp_instance A {\n interface eth0\n virtual_router_id 51\n "
        + VIP
        + "\n"
        + body
        + "\n}\n";
  }

  static ReadResult body(String body) {
    return read(instance(body));
  }

  static ReadResult global(String global, String body) {
    return read("global_defs {\n" + global + "\n}\n" + instance(body));
  }

  static HavipConfig config(ReadResult result) {
    return result.orElseThrow();
  }

  /** The only router, whatever was said about it. */
  static VirtualRouterConfig router(ReadResult result) {
    List<VirtualRouterConfig> routers = result.orElseThrow().routers();
    if (routers.size() != 1) {
      throw new AssertionError(routers.size() + " routers");
    }
    return routers.getFirst();
  }

  static VirtualRouterConfig router(String body) {
    return router(body(body));
  }

  /** Errors and warnings, without the name of the file. */
  static List<String> problems(ReadResult result) {
    return result.diagnostics().stream()
        .filter(d -> d.severity() != Severity.NOTE)
        .map(d -> d.describe().substring(d.file().length() + 1))
        .toList();
  }

  static List<String> notes(ReadResult result) {
    return result.diagnostics().stream()
        .filter(d -> d.severity() == Severity.NOTE)
        .map(d -> d.describe().substring(d.file().length() + 1))
        .toList();
  }
}
