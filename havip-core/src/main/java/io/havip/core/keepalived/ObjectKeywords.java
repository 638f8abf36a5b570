package io.havip.core.keepalived;

import io.havip.core.keepalived.Keyword.Shape;
import io.havip.core.keepalived.Keyword.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * The keywords of blocks beside the instances, and of the blocks that are passed over whole. The
 * latter stand here so that the compatibility document names them; a file that has such a block
 * gets one diagnostic for all of it.
 */
final class ObjectKeywords {

  static final List<Keyword> ROWS = rows();

  private ObjectKeywords() {}

  private static List<Keyword> rows() {
    List<Keyword> rows = new ArrayList<>();
    rows.add(
        script(
            "script",
            Shape.WORDS,
            "A command and its arguments, split as Keepalived does and run without a shell. It is"
                + " not looked for until it runs. The form </dev/tcp/host/port is not supported."));
    rows.add(
        script(
            "interval",
            Shape.VALUE,
            "Up to 4294 s, 1 by default. Fractions work, which Keepalived 2.2.7 refuses."));
    rows.add(script("timeout", Shape.VALUE, "As interval, which is the default."));
    rows.add(script("weight", Shape.VALUES, "-253 to 253, and reverse; 0 by default."));
    rows.add(script("rise", Shape.VALUE, "At least 1, the default."));
    rows.add(script("fall", Shape.VALUE, "At least 1, the default."));
    rows.add(script("init_fail", Shape.FLAG, "Failed until the first result."));
    rows.add(
        script(
            "user",
            Shape.VALUES,
            "A user and a group, instead of those of script_user. If there is no such user, the"
                + " script is not used."));
    rows.add(group("group", Shape.BLOCK, "Names of instances, one or several to a line."));
    rows.add(group("track_interface", Shape.BLOCK, "Counts for every member."));
    rows.add(group("track_script", Shape.BLOCK, "Counts for every member."));
    rows.add(group("track_file", Shape.BLOCK, "Counts for every member."));
    rows.add(group("track_process", Shape.BLOCK, "Counts for every member."));
    rows.add(
        group(
            "sync_group_tracking_weight",
            Shape.FLAG,
            "Without it, weights of what a member itself tracks do not count: an interface and a"
                + " file of weight 1 are taken with weight 0, the others not at all. Weights of the"
                + " group always count, for every member."));
    for (String name : List.of("notify_master", "notify_backup", "notify_fault", "notify_stop")) {
      rows.add(group(name, Shape.VALUES, "As for an instance."));
    }
    rows.add(group("notify", Shape.VALUES, "As for an instance; the priority is 0."));
    rows.add(
        new Keyword(
            Block.SYNC_GROUP,
            "global_tracking",
            Status.WORKS,
            Shape.FLAG,
            null,
            "Deprecated. As sync_group_tracking_weight."));
    each(
        rows,
        Block.SYNC_GROUP,
        "Not for a group as a whole.",
        "track_bfd",
        "smtp_alert",
        "notify_priority_changes");
    rows.addAll(TrackKeywords.ROWS);
    each(
        rows,
        Block.GARP_GROUP,
        "Use vrrp_garp_interval and vrrp_gna_interval, which pace each interface for itself.",
        "garp_interval",
        "gna_interval",
        "interface",
        "interfaces");
    each(rows, Block.TRACK_GROUP, "Nothing is configured that does not move.", "group");
    each(
        rows,
        Block.BFD,
        "BFD is not implemented.",
        "neighbor_ip",
        "neighbour_ip",
        "source_ip",
        "min_rx",
        "min_tx",
        "idle_tx",
        "multiplier",
        "passive",
        "ttl",
        "hoplimit",
        "max_hops",
        "multihop",
        "weight",
        "vrrp",
        "checker");
    return List.copyOf(rows);
  }

  private static Keyword script(String name, Shape shape, String remark) {
    return new Keyword(Block.VRRP_SCRIPT, name, Status.WORKS, shape, null, remark);
  }

  private static Keyword group(String name, Shape shape, String remark) {
    Block inside = shape == Shape.BLOCK ? Block.LINES : null;
    return new Keyword(Block.SYNC_GROUP, name, Status.WORKS, shape, inside, remark);
  }

  private static void each(List<Keyword> rows, Block block, String remark, String... names) {
    for (String name : names) {
      rows.add(new Keyword(block, name, Status.UNSUPPORTED, Shape.WORDS, null, remark));
    }
  }
}
