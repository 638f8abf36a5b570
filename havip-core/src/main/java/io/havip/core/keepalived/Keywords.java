package io.havip.core.keepalived;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table of keywords: all that Keepalived 2.2.7 knows about VRRP and what came up to 2.4.3, in
 * the order of the compatibility document. The reader decides by it, and the document is rendered
 * from it.
 */
final class Keywords {

  /** Every row. */
  static final List<Keyword> ALL = all();

  private static final Map<Block, Map<String, Keyword>> INDEX = index();

  private Keywords() {}

  /** The row of a keyword in a block, or null; also null if the block is. */
  static @Nullable Keyword find(@Nullable Block block, String name) {
    return block == null ? null : INDEX.getOrDefault(block, Map.of()).get(name);
  }

  /** Whether this names a block of the top level and nothing else anywhere. */
  static boolean isTopBlock(String name) {
    Keyword keyword = find(Block.TOP, name);
    return keyword != null
        && keyword.inside() != null
        && INDEX.values().stream().filter(rows -> rows.containsKey(name)).count() == 1;
  }

  private static List<Keyword> all() {
    List<Keyword> rows = new ArrayList<>();
    rows.addAll(TopKeywords.ROWS);
    rows.addAll(GlobalKeywords.ROWS);
    rows.addAll(InstanceKeywords.ROWS);
    rows.addAll(ObjectKeywords.ROWS);
    return List.copyOf(rows);
  }

  private static Map<Block, Map<String, Keyword>> index() {
    Map<Block, Map<String, Keyword>> index = new EnumMap<>(Block.class);
    for (Keyword row : ALL) {
      index.computeIfAbsent(row.block(), b -> new LinkedHashMap<>()).put(row.name(), row);
    }
    return Collections.unmodifiableMap(index);
  }
}
