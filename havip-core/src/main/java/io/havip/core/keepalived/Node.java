package io.havip.core.keepalived;

import java.util.ArrayList;
import java.util.List;

/** A statement with the block that follows it, if any. */
final class Node {

  private final List<Word> words;
  private final String raw;
  private final Position at;
  private final List<Node> children = new ArrayList<>(0);
  private boolean block;

  Node(Statement statement) {
    words = statement.words();
    raw = statement.raw();
    at = statement.at();
  }

  /** The first word. */
  Word keyword() {
    return words.getFirst();
  }

  /** The words behind the first. */
  List<Word> arguments() {
    return words.subList(1, words.size());
  }

  /** All words. */
  List<Word> words() {
    return words;
  }

  /** The statement with its quotes; may hold a password. */
  String raw() {
    return raw;
  }

  Position at() {
    return at;
  }

  boolean isBlock() {
    return block;
  }

  void becomeBlock() {
    block = true;
  }

  List<Node> children() {
    return children;
  }

  /** Whether the statement is just this word. */
  boolean is(String word) {
    return keyword().text().equals(word);
  }
}
