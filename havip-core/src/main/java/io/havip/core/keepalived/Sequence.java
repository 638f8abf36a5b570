package io.havip.core.keepalived;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What stands before a line that is to be read several times: {@code ~SEQ(VAR, start, step, end)},
 * {@code ~SEQx} for hexadecimal, or {@code ~LST(VAR, a, b)}.
 */
sealed interface Sequence {

  /** Digits of a bound; more would let sums wrap around. */
  int LONGEST_NUMBER = 12;

  /** Calls the action with the variables and values of each round. */
  void forEach(Consumer<Map<String, String>> action);

  /** Numbers from start to end. */
  record Range(String variable, long start, long step, long end, boolean hexadecimal)
      implements Sequence {
    @Override
    public void forEach(Consumer<Map<String, String>> action) {
      for (long value = start; step > 0 ? value <= end : value >= end; value += step) {
        action.accept(
            Map.of(variable, hexadecimal ? Long.toHexString(value) : Long.toString(value)));
      }
    }
  }

  /** Values as they are written, one list of them for each variable. */
  record Values(List<Map<String, String>> rounds) implements Sequence {
    @Override
    public void forEach(Consumer<Map<String, String>> action) {
      rounds.forEach(action);
    }
  }

  /**
   * Reads what stands between the parentheses of {@code ~SEQ} and {@code ~SEQx}.
   *
   * <p>Without step it is 1 or -1 towards the end; without start it is 1, or -1 if the end is
   * negative.
   *
   * @return empty if it cannot be read or would never end
   */
  static Optional<Sequence> range(String arguments, boolean hexadecimal) {
    List<String> parts = split(arguments, ',');
    if (parts.size() < 2 || parts.size() > 4 || !isName(parts.getFirst())) {
      return Optional.empty();
    }
    List<Long> numbers = new ArrayList<>();
    for (String part : parts.subList(1, parts.size())) {
      Optional<Long> number = number(part);
      if (number.isEmpty()) {
        return Optional.empty();
      }
      numbers.add(number.get());
    }
    long end = numbers.getLast();
    long start = numbers.size() == 1 ? (end < 0 ? -1 : 1) : numbers.getFirst();
    long step = numbers.size() == 3 ? numbers.get(1) : (end < start ? -1 : 1);
    boolean ends = step > 0 ? start <= end : step < 0 && start >= end;
    if (!ends || (hexadecimal && (start < 0 || end < 0))) {
      return Optional.empty();
    }
    return Optional.of(new Range(parts.getFirst(), start, step, end, hexadecimal));
  }

  /**
   * Reads what stands between the parentheses of {@code ~LST}: a variable and its values, or
   * variables and values in braces, {@code {A, B}, {1, 2}, {3, 4}}. Missing values are empty.
   *
   * @return empty if it cannot be read
   */
  static Optional<Sequence> list(String arguments) {
    List<String> parts = split(arguments, ',');
    List<String> variables = group(parts.getFirst());
    if (parts.size() < 2 || !variables.stream().allMatch(Sequence::isName)) {
      return Optional.empty();
    }
    List<Map<String, String>> rounds = new ArrayList<>();
    for (String part : parts.subList(1, parts.size())) {
      List<String> values = group(part);
      if (values.size() > variables.size()
          || values.stream().anyMatch(v -> v.chars().anyMatch(Characters::isSpace))) {
        return Optional.empty();
      }
      Map<String, String> round = new LinkedHashMap<>();
      for (int i = 0; i < variables.size(); i++) {
        round.put(variables.get(i), i < values.size() ? values.get(i) : "");
      }
      rounds.add(round);
    }
    return Optional.of(new Values(List.copyOf(rounds)));
  }

  private static List<String> group(String part) {
    boolean braces = part.length() >= 2 && part.startsWith("{") && part.endsWith("}");
    return braces ? split(part.substring(1, part.length() - 1), ',') : List.of(part);
  }

  /** Splits at a separator outside braces and strips the parts. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == separator && depth == 0) {
        parts.add(text.substring(from, i).strip());
        from = i + 1;
      }
    }
    parts.add(text.substring(from).strip());
    return parts;
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && Characters.isNameStart(text.charAt(0))
        && text.chars().allMatch(Characters::isName);
  }

  /** A number in C's notation: 0x for hexadecimal, 0 for octal. */
  private static Optional<Long> number(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String digits = signed ? text.substring(1) : text;
    int radix = 10;
    if (digits.startsWith("0x") || digits.startsWith("0X")) {
      digits = digits.substring(2);
      radix = 16;
    } else if (digits.length() > 1 && digits.startsWith("0")) {
      radix = 8;
    }
    boolean plain = digits.chars().allMatch(c -> Characters.isName(c));
    if (digits.isEmpty() || digits.length() > LONGEST_NUMBER || !plain) {
      return Optional.empty();
    }
    try {
      long value = Long.parseLong(digits, radix);
      return Optional.of(text.startsWith("-") ? -value : value);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
