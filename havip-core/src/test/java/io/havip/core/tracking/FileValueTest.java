package io.havip.core.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.HavipConfigException;
import io.havip.Track;
import io.havip.ValueFile;
import io.havip.core.tracking.CheckState.Health;
import io.havip.core.tracking.FileState.Knowledge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the number in a file means for the priority. */
class FileValueTest {

  private static final ValueFile FILE = ValueFile.of("load", Path.of("load"));

  private static FileState known(int value) {
    return new FileState(Knowledge.READ, value, false);
  }

  private static FileContent text(String text) {
    return new FileContent.Text(text);
  }

  private static Fitness fitness(int priority, int weight, boolean reverse, FileState state) {
    Track.File track = new Track.File(FILE, weight, reverse);
    return Fitness.of(priority, List.of(new Fitness.Valued(track, state)));
  }

  private static Fitness fitness(int weight, int value) {
    return fitness(100, weight, false, known(value));
  }

  @Test
  void the_value_times_the_weight_is_added() {
    assertThat(fitness(1, 20)).isEqualTo(new Fitness(120, List.of()));
    assertThat(fitness(3, -20)).isEqualTo(new Fitness(40, List.of()));
    assertThat(fitness(-3, 20)).isEqualTo(new Fitness(40, List.of()));
  }

  @Test
  void reverse_changes_the_sign() {
    assertThat(fitness(100, 3, true, known(20)).priority()).isEqualTo(40);
  }

  @Test
  void a_product_of_minus_254_or_less_is_a_fault_and_adds_nothing() {
    assertThat(fitness(1, -253)).isEqualTo(new Fitness(1, List.of()));
    assertThat(fitness(1, -254))
        .isEqualTo(new Fitness(100, List.of("file load: value -254 with weight 1")));
    assertThat(fitness(254, Integer.MIN_VALUE).faults()).hasSize(1);
    assertThat(fitness(-254, Integer.MIN_VALUE)).isEqualTo(new Fitness(254, List.of()));
  }

  @Test
  void at_most_253_is_added() {
    Track.File track = new Track.File(FILE, 1, false);
    Fitness.Part high = new Fitness.Valued(track, known(1000));
    Fitness.Part low = new Fitness.Valued(track, known(-200));
    assertThat(Fitness.of(100, List.of(high, low)).priority()).isEqualTo(153);
  }

  @Test
  void with_weight_0_any_value_but_0_is_a_fault_and_reversed_0_is_one() {
    assertThat(fitness(0, 0).faults()).isEmpty();
    assertThat(fitness(0, 1).faults()).containsExactly("file load: value 1 with weight 0");
    assertThat(fitness(100, 0, true, known(1)).faults()).isEmpty();
    assertThat(fitness(100, 0, true, known(0)).faults())
        .containsExactly("file load: value 0 with weight 0 reverse");
  }

  @Test
  void unread_adds_nothing_and_is_a_fault_only_with_weight_0_or_for_an_owner() {
    FileState unread = FileState.initial();
    assertThat(fitness(100, 5, true, unread)).isEqualTo(new Fitness(100, List.of()));
    assertThat(fitness(100, 0, false, unread).faults()).containsExactly("file load: not read yet");
    assertThat(fitness(255, 5, false, unread).faults()).hasSize(1);
  }

  @Test
  void trusted_costs_nothing() {
    assertThat(fitness(255, 5, false, FileState.trusted()).faults()).isEmpty();
    assertThat(fitness(100, 0, true, FileState.trusted()).faults()).isEmpty();
  }

  @Test
  void an_owner_stays_255_and_can_be_in_fault() {
    assertThat(fitness(255, 1, false, known(-100))).isEqualTo(new Fitness(255, List.of()));
    assertThat(fitness(255, 1, false, known(-254)).faults()).hasSize(1);
  }

  @Test
  void a_file_has_a_value_and_no_health() {
    assertThatThrownBy(() -> new Fitness.Dependency(Track.File.of(FILE), Health.WELL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'42', 42",
    "'-7\n', -7",
    "' \t+8 % busy', 8",
    "'0x1F', 31",
    "'010', 8",
    "'08', 0",
    "'0xg', 0",
    "'ten', 0",
    "'- 5', 0",
    "'2147483647', 2147483647",
    "'-2147483648', -2147483648"
  })
  void a_number_is_read_as_strtol_does(String text, int number) {
    assertThat(new FileContent.Text(text).number()).isEqualTo(OptionalInt.of(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2147483648", "-2147483649", "99999999999999999999999999", "0xffffffffff"})
  void a_number_beyond_32_bits_leaves_the_value_as_it_is(String text) {
    assertThat(known(5).after(text(text))).isEqualTo(known(5));
    assertThat(FileState.initial().after(text(text))).isEqualTo(known(0));
    assertThat(text(text).complaint()).isEqualTo("the number is beyond 32 bits");
  }

  @Test
  void an_empty_file_counts_as_0_when_it_is_found_empty_twice() {
    FileState once = known(5).after(text(""));
    assertThat(once.value()).isEqualTo(5);
    assertThat(once.after(text(""))).isEqualTo(known(0));
    assertThat(once.after(text("6"))).isEqualTo(known(6));
    assertThat(once.after(text("6")).after(text("")).value()).isEqualTo(6);
    assertThat(FileState.initial().after(text(""))).isEqualTo(known(0));
  }

  @Test
  void a_file_that_cannot_be_read_counts_as_0_at_once() {
    assertThat(known(5).after(new FileContent.Unreadable("gone"))).isEqualTo(known(0));
  }

  @Test
  void a_configuration_out_of_range_is_refused() {
    assertThatThrownBy(() -> new Track.File(FILE, 255, false))
        .isInstanceOf(HavipConfigException.class)
        .hasMessage("the weight of file load must be -254 to 254, not 255");
    assertThatThrownBy(() -> FILE.every(Duration.ZERO))
        .isInstanceOf(HavipConfigException.class)
        .hasMessageContaining("value file \"load\": the interval must be positive");
    assertThatThrownBy(() -> ValueFile.of(" ", Path.of("x")))
        .isInstanceOf(HavipConfigException.class);
    assertThatThrownBy(() -> ValueFile.of("x", Path.of("")))
        .isInstanceOf(HavipConfigException.class);
  }
}
