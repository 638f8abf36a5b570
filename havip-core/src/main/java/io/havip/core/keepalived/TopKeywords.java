package io.havip.core.keepalived;

import io.havip.core.keepalived.Keyword.Shape;
import io.havip.core.keepalived.Keyword.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keywords of the top level and those that may stand anywhere. */
final class TopKeywords {

  private static final String LVS = "The LVS part of Keepalived. It is passed over.";
  private static final String STATIC = "Nothing is configured that does not move.";

  static final List<Keyword> ROWS =
      List.of(
          anywhere("include", "A missing file is reported; Keepalived takes it in silence."),
          anywhere("includer", "A file that cannot be read is an error."),
          anywhere("includem", "A missing file is an error."),
          anywhere("includew", "A missing file or a pattern without file is an error."),
          anywhere("includeb", "A missing file of several in braces is an error."),
          anywhere("includea", "All of these are errors."),
          anywhere("@id", "Keeps the line for one config id; @^id for all others."),
          anywhere(
              "$NAME=",
              "Parameters of one or several lines, also the predefined _PWD,"
                  + " _INSTANCE, _HASH and _BANG. _RANDOM is refused."),
          anywhere("~SEQ", "Repeats the rest of the line for a range of numbers."),
          anywhere("~SEQx", "The same with hexadecimal numbers."),
          anywhere("~LST", "Repeats the rest of the line for a list of values."),
          top(
              "global_defs",
              Status.WORKS,
              Shape.BLOCK,
              Block.GLOBAL_DEFS,
              "May stand anywhere in the file, also several times."),
          top(
              "vrrp_instance",
              Status.WORKS,
              Shape.NAMED_BLOCK,
              Block.VRRP_INSTANCE,
              "A virtual router."),
          top(
              "vrrp_script",
              Status.WORKS,
              Shape.NAMED_BLOCK,
              Block.VRRP_SCRIPT,
              "A health check by command; may stand behind its use."),
          top(
              "vrrp_sync_group",
              Status.WORKS,
              Shape.NAMED_BLOCK,
              Block.SYNC_GROUP,
              "Its members are ACTIVE together or not at all; at least two."),
          top(
              "track_file",
              Status.WORKS,
              Shape.NAMED_BLOCK,
              Block.TRACK_FILE,
              "A file with a number, read four times a second; may stand behind its use."),
          top(
              "vrrp_track_file",
              Status.WORKS,
              Shape.NAMED_BLOCK,
              Block.TRACK_FILE,
              "Deprecated. The same as track_file."),
          top(
              "vrrp_track_process",
              Status.WORKS,
              Shape.NAMED_BLOCK,
              Block.TRACK_PROCESS,
              "Processes that must run, counted every second by /proc; Keepalived is told by the"
                  + " kernel. May stand behind its use."),
          skipped("garp_group", Shape.BLOCK, Block.GARP_GROUP, "Use vrrp_garp_interval."),
          skipped("track_group", Shape.NAMED_BLOCK, Block.TRACK_GROUP, STATIC),
          skipped("static_ipaddress", Shape.BLOCK, Block.SKIPPED, STATIC),
          skipped("static_routes", Shape.BLOCK, Block.SKIPPED, STATIC),
          skipped("static_rules", Shape.BLOCK, Block.SKIPPED, STATIC),
          skipped(
              "interface_up_down_delays",
              Shape.BLOCK,
              Block.SKIPPED,
              "An interface going down counts at once."),
          skipped(
              "linkbeat_interfaces", Shape.BLOCK, Block.SKIPPED, "Links are watched by netlink."),
          skipped("bfd_instance", Shape.NAMED_BLOCK, Block.BFD, "BFD is not implemented."),
          top(
              "net_namespace",
              Status.UNSUPPORTED,
              Shape.VALUE,
              null,
              "The process stays in the network namespace it was started in."),
          top("net_namespace_ipvs", Status.IGNORED, Shape.WORDS, null, LVS),
          top("namespace_with_ipsets", Status.IGNORED, Shape.FLAG, null, "No ipset is used."),
          top("instance", Status.IGNORED, Shape.WORDS, null, "There are no PID files."),
          top("use_pid_dir", Status.IGNORED, Shape.FLAG, null, "There are no PID files."),
          top(
              "linkbeat_use_polling",
              Status.UNSUPPORTED,
              Shape.FLAG,
              null,
              "Links are watched by netlink."),
          top("child_wait_time", Status.IGNORED, Shape.WORDS, null, "There are no children."),
          top("virtual_server", Status.IGNORED, Shape.NAMED_BLOCK, Block.SKIPPED, LVS),
          top("virtual_server_group", Status.IGNORED, Shape.NAMED_BLOCK, Block.SKIPPED, LVS),
          top("SSL", Status.IGNORED, Shape.BLOCK, Block.SKIPPED, LVS));

  private TopKeywords() {}

  private static Keyword anywhere(String name, String remark) {
    return new Keyword(Block.ANYWHERE, name, Status.WORKS, Shape.VALUE, null, remark);
  }

  private static Keyword skipped(String name, Shape shape, Block inside, String remark) {
    return new Keyword(Block.TOP, name, Status.UNSUPPORTED, shape, inside, remark);
  }

  private static Keyword top(
      String name, Status status, Shape shape, @Nullable Block inside, String remark) {
    return new Keyword(Block.TOP, name, status, shape, inside, remark);
  }
}
