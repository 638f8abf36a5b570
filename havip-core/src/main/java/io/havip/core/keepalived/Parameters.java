package io.havip.core.keepalived;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters defined so far, the predefined ones among them. */
final class Parameters {

  /** Its value is a new number at each use in Keepalived, which no two nodes would agree on. */
  static final String RANDOM = "_RANDOM";

  static final String INSTANCE = "_INSTANCE";

  private static final String FOLDER = "_PWD";

  private final Map<String, SourceText> values = new HashMap<>();
  private final Optional<String> configId;
  private @Nullable String folder;

  Parameters(Optional<String> configId) {
    this.configId = configId;
  }

  void define(String name, SourceText value) {
    values.put(name, value);
  }

  /** Sets what ${_PWD} stands for while a file is read; null where there is no folder. */
  void folder(@Nullable String newFolder) {
    folder = newFolder;
  }

  @Nullable String folder() {
    return folder;
  }

  /** The value of a parameter as used at a place, or null if there is none of that name. */
  @Nullable SourceText value(String name, Position use) {
    SourceText defined = values.get(name);
    if (defined != null) {
      return defined;
    }
    String predefined =
        switch (name) {
          case FOLDER -> folder;
          case INSTANCE -> configId.orElse(null);
          case "_HASH" -> "#";
          case "_BANG" -> "!";
          default -> null;
        };
    return predefined == null ? null : SourceText.at(use, predefined);
  }
}
