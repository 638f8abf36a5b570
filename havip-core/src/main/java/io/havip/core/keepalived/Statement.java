package io.havip.core.keepalived;

import java.util.List;

/**
 * The unit of the grammar: the words up to the end of a line or to a brace, which ends a line too.
 *
 * @param words the words; may be empty before a brace
 * @param raw the same text with quotes and escapes, for the commands that split themselves
 * @param end what ended it
 * @param at where the first word stands, or the brace if there is no word
 */
record Statement(List<Word> words, String raw, End end, Position at) {

  enum End {
    LINE,
    OPEN,
    CLOSE
  }

  /** Never the raw text, which may hold a password. */
  @Override
  public String toString() {
    return words + " " + end;
  }
}
