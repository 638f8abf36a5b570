package io.havip.core.keepalived;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of keywords.
 *
 * @param block where it stands
 * @param name the keyword
 * @param status what becomes of it
 * @param shape what follows it
 * @param inside what stands in its block, or null if it has none
 * @param remark one line for the reader of the file and of the compatibility document
 */
record Keyword(
    Block block, String name, Status status, Shape shape, @Nullable Block inside, String remark) {

  enum Status {
    /** Does what it does in Keepalived. */
    WORKS,
    /** Has no meaning here, and leaving it out loses nothing; gives a note. */
    IGNORED,
    /** Does something in Keepalived that is missing here; gives a warning. */
    UNSUPPORTED
  }

  enum Shape {
    /** One value; Keepalived refuses to start without it. */
    VALUE,
    /** One value as with VALUE, and words that belong to it. */
    VALUES,
    /** Nothing, or words that may be missing. */
    WORDS,
    /** Nothing; whatever follows is not looked at. */
    FLAG,
    /** On or off, and on if nothing follows. */
    SWITCH,
    /** A block. */
    BLOCK,
    /** A name and a block. */
    NAMED_BLOCK
  }

  /** The remark, which is a sentence or more, as the end of a message. */
  String reason() {
    boolean abbreviation = Character.isUpperCase(remark.charAt(1));
    String first = remark.substring(0, 1);
    String head = (abbreviation ? first : first.toLowerCase(Locale.ROOT)) + remark.substring(1);
    return head.endsWith(".") ? head.substring(0, head.length() - 1) : head;
  }
}
