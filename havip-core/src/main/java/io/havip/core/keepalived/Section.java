package io.havip.core.keepalived;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Walks the statements of a block by the table of keywords. */
final class Section {

  /** Takes what the table says is known. */
  interface Handler {

    /** Takes a keyword that works. */
    void works(Keyword keyword, Node node);

    /** Told of a keyword that is missing here, after that was reported. */
    default void unsupported(Keyword keyword, Node node) {}
  }

  private final Report report;

  Section(Report report) {
    this.report = report;
  }

  /**
   * Gives each statement of a block to the handler, and reports what is unknown, missing or of the
   * wrong shape. Nothing is lost behind an unknown keyword or block.
   */
  void walk(Node parent, Block block, Handler handler) {
    Deque<Node> nodes = new ArrayDeque<>(parent.children());
    while (!nodes.isEmpty()) {
      Node node = nodes.pop();
      Keyword keyword = Keywords.find(block, node.keyword().text());
      if (keyword == null) {
        unknown(node, block);
        continue;
      }
      if (node.isBlock() && keyword.inside() == null) {
        report.warn(
            node.at(), keyword.name(), keyword.name() + " takes no block; its content is used");
        List<Node> children = node.children();
        for (int i = children.size() - 1; i >= 0; i--) {
          nodes.push(children.get(i));
        }
      }
      take(keyword, node, handler);
    }
  }

  private void take(Keyword keyword, Node node, Handler handler) {
    if (keyword.inside() != null && !node.isBlock()) {
      report.warn(node.at(), keyword.name(), "the '{' behind " + keyword.name() + " is missing");
      return;
    }
    boolean needed =
        keyword.shape() == Keyword.Shape.VALUE || keyword.shape() == Keyword.Shape.VALUES;
    if (needed && node.arguments().isEmpty()) {
      report.fatal(node.at(), keyword.name(), keyword.name() + " needs a value");
      return;
    }
    switch (keyword.status()) {
      case WORKS -> {
        surplus(keyword, node);
        handler.works(keyword, node);
      }
      case IGNORED ->
          report.note(
              node.at(), keyword.name(), keyword.name() + " is not needed: " + keyword.reason());
      case UNSUPPORTED -> {
        report.warn(
            node.at(), keyword.name(), keyword.name() + " is not supported: " + keyword.reason());
        handler.unsupported(keyword, node);
      }
    }
  }

  private void surplus(Keyword keyword, Node node) {
    int most =
        switch (keyword.shape()) {
          case VALUE, SWITCH, NAMED_BLOCK -> 1;
          case FLAG, BLOCK -> 0;
          case VALUES, WORDS -> Integer.MAX_VALUE;
        };
    if (node.arguments().size() <= most) {
      return;
    }
    Position at = node.arguments().get(most).at();
    if (keyword.shape() == Keyword.Shape.BLOCK && keyword.block() != Block.TOP) {
      report.warn(at, keyword.name(), "words between " + keyword.name() + " and '{' are not used");
    } else {
      report.note(
          at, keyword.name(), "words behind the value of " + keyword.name() + " are not used");
    }
  }

  private void unknown(Node node, Block block) {
    boolean hidden = block == Block.AUTHENTICATION || node.keyword().secret();
    String keyword = hidden ? "" : node.keyword().text();
    String shown = hidden ? "(hidden)" : node.keyword().shown();
    if (IncludeChecks.VARIANTS.containsKey(keyword)) {
      report.warn(node.at(), keyword, keyword + " needs the name of a file");
    } else if (node.isBlock()) {
      report.warn(node.at(), keyword, "the block " + shown + " is not known here; it is not used");
    } else {
      report.warn(
          node.at(), keyword, "the keyword " + shown + " is not known here; it is not used");
    }
  }
}
