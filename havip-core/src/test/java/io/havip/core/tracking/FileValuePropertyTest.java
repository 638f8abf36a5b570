package io.havip.core.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.Track;
import io.havip.ValueFile;
import io.havip.core.tracking.FileState.Knowledge;
import io.havip.core.tracking.Fitness.Valued;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Values of several files on random weights, against a sum in numbers without bounds. */
class FileValuePropertyTest {

  @Provide
  Arbitrary<Valued> files() {
    Arbitrary<Integer> values =
        Arbitraries.oneOf(
            Arbitraries.integers(),
            Arbitraries.integers().between(-300, 300),
            Arbitraries.of(-255, -254, -253, 0, 253, 254));
    return Combinators.combine(
            Arbitraries.oneOf(
                Arbitraries.integers().between(-254, 254), Arbitraries.of(-254, -1, 0, 1, 254)),
            Arbitraries.of(true, false),
            values,
            Arbitraries.of(Knowledge.values()))
        .as((weight, reverse, value, knowledge) ->
            new Valued(
                new Track.File(ValueFile.of("f", Path.of("f")), weight, reverse),
                new FileState(knowledge, knowledge == Knowledge.READ ? value : 0, false)));
  }

  @Property
  void priority_and_faults_are_those_of_the_rule(
      @ForAll @IntRange(min = 1, max = 255) int configured,
      @ForAll List<@From("files") Valued> files) {
    BigInteger sum = BigInteger.valueOf(configured);
    int faults = 0;
    for (Valued file : files) {
      Track.File track = file.track();
      BigInteger product =
          BigInteger.valueOf(file.state().value()).multiply(BigInteger.valueOf(track.weight()));
      BigInteger signed = track.reverse() ? product.negate() : product;
      boolean zero = file.state().value() == 0;
      boolean fault =
          switch (file.state().knowledge()) {
            case UNREAD -> track.weight() == 0 || configured == 255;
            case TRUSTED -> false;
            case READ ->
                track.weight() == 0
                    ? zero == track.reverse()
                    : signed.compareTo(BigInteger.valueOf(-254)) <= 0;
          };
      faults += fault ? 1 : 0;
      sum = fault ? sum : sum.add(signed.min(BigInteger.valueOf(253)));
    }
    int clamped = sum.max(BigInteger.ONE).min(BigInteger.valueOf(254)).intValue();

    Fitness fitness = Fitness.of(configured, files);

    assertThat(fitness.priority()).isEqualTo(configured == 255 ? 255 : clamped);
    assertThat(fitness.faults()).hasSize(faults);
  }

  @Property
  void any_text_is_a_value_or_leaves_it(@ForAll int before, @ForAll String text) {
    FileState state = new FileState(Knowledge.READ, before, false);

    FileState after = state.after(new FileContent.Text(text));

    assertThat(after.value())
        .isIn(List.of(before, new FileContent.Text(text).number().orElse(before)));
  }

  @Property
  void a_number_that_was_written_is_read(@ForAll int value, @ForAll List<String> earlier) {
    FileState state = FileState.initial();
    for (String text : new ArrayList<>(earlier)) {
      state = state.after(new FileContent.Text(text));
    }

    assertThat(state.after(new FileContent.Text(value + "\n")))
        .isEqualTo(new FileState(Knowledge.READ, value, false));
  }
}
