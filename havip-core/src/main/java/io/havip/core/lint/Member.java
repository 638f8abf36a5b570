package io.havip.core.lint;

import io.havip.HavipConfig;
import io.havip.VirtualRouterConfig;
import io.havip.core.keepalived.Directive;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One member's file: what it means, and where what was written. */
record Member(HavipConfig config, List<Directive> directives) {

  List<VirtualRouterConfig> routers() {
    return config.routers();
  }

  /** The statements of a router's block that begin with a word. */
  Stream<Directive> statements(VirtualRouterConfig router, String keyword) {
    return blocks("vrrp_instance", router.name()).flatMap(block -> block.all(keyword));
  }

  /** The statements of global_defs that begin with a word. */
  Stream<Directive> globals(String keyword) {
    return directives.stream()
        .filter(d -> d.keyword().equals("global_defs"))
        .flatMap(block -> block.all(keyword));
  }

  /** The block of a router. */
  Place place(VirtualRouterConfig router) {
    return blocks("vrrp_instance", router.name()).findFirst().map(Place::of).orElse(Place.UNKNOWN);
  }

  /** The last statement of a router that begins with one of the words, else its block. */
  Place place(VirtualRouterConfig router, String keyword) {
    return last(statements(router, keyword)).map(Place::of).orElseGet(() -> place(router));
  }

  /** The last of some statements of a script's block that is there, else the block. */
  Place scriptPlace(String script, String... keywords) {
    for (String keyword : keywords) {
      Optional<Directive> found =
          last(blocks("vrrp_script", script).flatMap(block -> block.all(keyword)));
      if (found.isPresent()) {
        return Place.of(found.get());
      }
    }
    return blocks("vrrp_script", script).findFirst().map(Place::of).orElse(Place.UNKNOWN);
  }

  private Stream<Directive> blocks(String keyword, String name) {
    return directives.stream()
        .filter(d -> d.keyword().equals(keyword) && d.arguments().equals(List.of(name)));
  }

  private static Optional<Directive> last(Stream<Directive> statements) {
    return statements.reduce((first, second) -> second);
  }
}
