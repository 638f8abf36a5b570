package io.havip.core.keepalived;

import io.havip.core.keepalived.Keyword.Shape;
import io.havip.core.keepalived.Keyword.Status;
import java.util.List;

/** The keywords of {@code track_file} and {@code vrrp_track_process}. */
final class TrackKeywords {

  static final List<Keyword> ROWS =
      List.of(
          file(
              "file",
              "A file that is missing, special or no number counts as 0. Keepalived leaves out a"
                  + " file whose folder is missing."),
          file(
              "weight",
              "-254 to 254, and reverse; 1 by default. With 0, any value but 0 is a fault."),
          file("init_file", "A value and overwrite; written by the node at its start."),
          process(
              "process",
              Shape.VALUES,
              "The name of the process; with arguments the command line. Of a long name Linux"
                  + " keeps 15 bytes, and those are compared, while Keepalived finds none."),
          process(
              "param_match",
              Shape.WORDS,
              "initial or partial; neither of them for exactly the arguments given."),
          process("weight", Shape.WORDS, "-254 to 254, and reverse; 0 by default."),
          process("quorum", Shape.VALUE, "1 to 65535, 1 by default."),
          process("quorum_max", Shape.VALUE, "0 to 65535; 0 if the process must not run."),
          process("delay", Shape.VALUE, "fork_delay and terminate_delay in one."),
          process(
              "fork_delay",
              Shape.VALUE,
              "Up to 3600 s, in effect whole seconds: so long the quorum must hold. The first"
                  + " count after the start decides at once."),
          process("terminate_delay", Shape.VALUE, "As fork_delay, for a quorum that is lost."),
          process("full_command", Shape.FLAG, "The first word of the command line, not the name."));

  private TrackKeywords() {}

  private static Keyword file(String name, String remark) {
    return new Keyword(Block.TRACK_FILE, name, Status.WORKS, Shape.WORDS, null, remark);
  }

  private static Keyword process(String name, Shape shape, String remark) {
    return new Keyword(Block.TRACK_PROCESS, name, Status.WORKS, shape, null, remark);
  }
}
