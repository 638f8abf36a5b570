package io.havip.core.keepalived;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names the differences of generated cases, which nobody could write down one by one. A difference
 * that no rule names is a surprise.
 */
final class DifferenceRules {

  private static final Set<String> UNICAST =
      Set.of(
          "unicast_src_ip", "check_unicast_src", "unicast_fault_no_peer", "old_unicast_checksum");

  /** What {@code v3_checksum_as_v2} and others since 2.2.7 decide. */
  private static final Set<String> NEWER = Set.of("verdict", "checksum");

  private DifferenceRules() {}

  /** The name of a difference in a case of one keyword, if it is a known one. */
  static Optional<KnownDifference> of(
      Keyword keyword, String value, String aspect, String difference) {
    boolean verdict = aspect.equals("verdict");
    String name = keyword.name();
    if (keyword.remark().contains("since 2.") && NEWER.contains(aspect)) {
      return Optional.of(KnownDifference.NEWER_KEYWORD);
    }
    boolean unsupported = keyword.status() == Keyword.Status.UNSUPPORTED;
    if (unsupported && (verdict || aspect.equals("interface"))) {
      return Optional.of(KnownDifference.NOT_SUPPORTED);
    }
    if (verdict && keyword.status() == Keyword.Status.IGNORED) {
      return Optional.of(KnownDifference.VALUE_OF_AN_IGNORED_KEYWORD);
    }
    if (verdict && UNICAST.contains(name) && difference.startsWith("ours REFUSED")) {
      return Optional.of(KnownDifference.UNICAST_WITHOUT_PEERS);
    }
    if (verdict && (name.equals("interface") || name.equals("default_interface"))) {
      return Optional.of(KnownDifference.INTERFACES);
    }
    if (name.equals("vrrp_min_garp") && aspect.equals("garp_refresh_repeat")) {
      return Optional.of(KnownDifference.MINIMAL_REFRESH);
    }
    if (verdict && name.startsWith("notify") && difference.startsWith("ours WARNED")) {
      return Optional.of(KnownDifference.SCRIPT_USER);
    }
    if (aspect.contains("notify_") && difference.endsWith("Keepalived's ")) {
      return Optional.of(KnownDifference.SCRIPT_LOOKED_FOR_LATER);
    }
    if (verdict && name.endsWith("notify_fifo_script")) {
      return Optional.of(KnownDifference.READER_WITHOUT_FIFO);
    }
    return keyword.block() == Block.VRRP_SCRIPT
        ? ofScript(name, value, aspect)
        : number(value, verdict);
  }

  private static Optional<KnownDifference> ofScript(String name, String value, String aspect) {
    boolean fraction = value.matches("\\d*\\.\\d+");
    return switch (name) {
      case "script" -> Optional.of(KnownDifference.SCRIPT_LOOKED_FOR_LATER);
      case "user" -> Optional.of(KnownDifference.SCRIPT_USER);
      case "weight" -> Optional.of(KnownDifference.SCRIPT_WEIGHT);
      case "interval", "timeout" ->
          fraction
              ? Optional.of(KnownDifference.FRACTIONS)
              : number(value, aspect.equals("verdict"));
      default -> number(value, aspect.equals("verdict"));
    };
  }

  /** Keepalived warns of these too, but uses some part of them. */
  private static Optional<KnownDifference> number(String value, boolean verdict) {
    return !verdict && !value.matches("\\d+")
        ? Optional.of(KnownDifference.MISREAD_NUMBER)
        : Optional.empty();
  }

  /** The name of a difference in a combination, if it is a known one. */
  static Optional<KnownDifference> ofCombination(String text, String aspect, String difference) {
    boolean twice = text.indexOf("10.9.9.9") != text.lastIndexOf("10.9.9.9");
    boolean peerTwice = text.indexOf("10.0.0.8") != text.lastIndexOf("10.0.0.8");
    boolean refused = aspect.equals("verdict") && difference.startsWith("ours REFUSED");
    boolean warned = aspect.equals("verdict") && difference.startsWith("ours WARNED");
    if (refused && text.contains("unicast_src_ip") && !text.contains("10.0.0.8")) {
      return Optional.of(KnownDifference.UNICAST_WITHOUT_PEERS);
    }
    if (twice && (warned || aspect.equals("excluded"))) {
      return Optional.of(KnownDifference.REPEATED_ADDRESS);
    }
    boolean sourceTwice = text.indexOf("unicast_src_ip") != text.lastIndexOf("unicast_src_ip");
    if (sourceTwice && difference.startsWith("ours CLEAN")) {
      return Optional.of(KnownDifference.REPLACED_VALUE);
    }
    if (peerTwice && aspect.equals("peers")) {
      return Optional.of(KnownDifference.REPEATED_PEER);
    }
    if (text.contains("vrrp_sync_group") && (warned || aspect.matches("track_process|process_P"))) {
      boolean lost = aspect.equals("verdict") || difference.startsWith("ours ,");
      boolean weighted = text.matches("(?s).*vrrp_instance A .*track_process.*vrrp_instance B.*");
      return Optional.of(KnownDifference.PROCESS_IN_A_GROUP).filter(d -> lost && weighted);
    }
    return Optional.empty();
  }

  /** The differences of a case that have no name, as lines of a report. */
  static List<String> unnamed(GeneratedCases.Generated generated, Map<String, String> found) {
    return found.entrySet().stream()
        .filter(e -> generated.name(e.getKey(), e.getValue()).isEmpty())
        .map(e -> generated.example().name() + ": " + e.getKey() + ": " + e.getValue())
        .toList();
  }
}
