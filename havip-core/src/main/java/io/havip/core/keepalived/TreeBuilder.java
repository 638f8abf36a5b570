package io.havip.core.keepalived;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes blocks of statements, and mends braces where it is clear what was meant.
 *
 * <p>Keepalived takes a surplus or missing brace as it comes and misreads the rest of the file.
 * Here a block that begins where it never may, such as a {@code vrrp_instance} within another,
 * tells that a closing brace is missing before it.
 */
final class TreeBuilder implements Consumer<Statement> {

  private static final int DEEPEST = 200;

  /** What statements directly within a node are, or null if nobody knows. */
  private record Open(Node node, @Nullable Block inside) {}

  private final Report report;
  private final Node root;
  private final Deque<Open> open = new ArrayDeque<>();
  private @Nullable Node last;

  TreeBuilder(Report report, String file) {
    this.report = report;
    Position start = Position.of(file);
    root = new Node(new Statement(List.of(), "", Statement.End.OPEN, start));
    root.becomeBlock();
    open.push(new Open(root, Block.TOP));
  }

  @Override
  public void accept(Statement statement) {
    switch (statement.end()) {
      case LINE -> last = add(statement);
      case OPEN -> {
        if (!statement.words().isEmpty()) {
          open(add(statement));
        } else if (last != null) {
          open(last); // the brace stands on the line after the block's name
        } else {
          report.warn(statement.at(), "{", "'{' without a name before it; its content is used");
          push(statement.at(), open.getFirst());
        }
        last = null;
      }
      case CLOSE -> {
        if (open.size() == 1) {
          report.warn(statement.at(), "}", "'}' closes nothing; it is not used");
        } else {
          open.pop();
        }
        last = null;
      }
    }
  }

  /** The tree, once everything was read. */
  Node root() {
    while (open.size() > 1) {
      Node node = open.pop().node();
      if (!node.words().isEmpty()) {
        report.warn(
            node.at(),
            node.keyword().secret() ? "" : node.keyword().text(),
            "the '}' of this block is missing");
      }
    }
    return root;
  }

  private Node add(Statement statement) {
    Node node = new Node(statement);
    open.getFirst().node().children().add(node);
    return node;
  }

  private void open(Node node) {
    if (open.size() > 1 && belongsToTop(node)) {
      report.warn(
          node.at(),
          node.keyword().text(),
          "a '}' is missing before this; "
              + node.keyword().text()
              + " never stands within a block");
      open.getFirst().node().children().remove(node);
      while (open.size() > 1) {
        open.pop();
      }
      root.children().add(node);
    }
    node.becomeBlock();
    Keyword keyword = Keywords.find(open.getFirst().inside(), node.keyword().text());
    push(node.at(), new Open(node, keyword == null ? null : keyword.inside()));
  }

  private void push(Position at, Open block) {
    if (open.size() > DEEPEST) {
      report.fatal(at, "{", "blocks are nested too deeply");
      return;
    }
    open.push(block);
  }

  /** Whether a block is one of the top level although it stands in a block that is known. */
  private boolean belongsToTop(Node node) {
    Block inside = open.getFirst().inside();
    return inside != null
        && Keywords.find(inside, node.keyword().text()) == null
        && Keywords.isTopBlock(node.keyword().text());
  }
}
