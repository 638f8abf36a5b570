package io.havip.core.keepalived;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One statement of a configuration as it was read: after includes, parameters, sequences and
 * conditional lines, and before anything was decided about it. Tools that judge a file by what it
 * says, not only by what it means, start here.
 *
 * <p>Words that may be part of a password are never in it: {@link #HIDDEN} stands for them.
 *
 * @param keyword the first word without its quotes
 * @param arguments the words behind it, without their quotes
 * @param children the statements of its block, in order; empty if it has none
 * @param file the file it stands in, as it was named by the caller or by an include
 * @param line the line of its first word, from 1
 * @param column the column of its first word, from 1, a tab counting as one
 */
public record Directive(
    String keyword,
    List<String> arguments,
    List<Directive> children,
    String file,
    int line,
    int column) {

  /** Stands for a word that may be part of a password. */
  public static final String HIDDEN = "(hidden)";

  /** Copies the lists. */
  public Directive {
    Objects.requireNonNull(keyword, "keyword");
    Objects.requireNonNull(file, "file");
    arguments = List.copyOf(arguments);
    children = List.copyOf(children);
  }

  /**
   * The statements of its block that begin with a word.
   *
   * @param word the keyword to look for
   * @return the statements, in order
   */
  public Stream<Directive> all(String word) {
    return children.stream().filter(child -> child.keyword.equals(word));
  }

  /** The statements of a tree, whose root is no statement itself. */
  static List<Directive> of(Node root) {
    return root.children().stream().map(node -> of(node, false)).toList();
  }

  /** A password that stands on a line of its own would be a keyword: only known ones are shown. */
  private static Directive of(Node node, boolean authentication) {
    Word keyword = node.keyword();
    boolean known = !authentication || Keywords.find(Block.AUTHENTICATION, keyword.text()) != null;
    boolean within = authentication || node.is("authentication");
    return new Directive(
        known && !keyword.secret() ? keyword.text() : HIDDEN,
        node.arguments().stream()
            .map(word -> authentication || word.secret() ? HIDDEN : word.text())
            .toList(),
        node.children().stream().map(child -> of(child, within)).toList(),
        node.at().file(),
        node.at().line(),
        node.at().column());
  }
}
