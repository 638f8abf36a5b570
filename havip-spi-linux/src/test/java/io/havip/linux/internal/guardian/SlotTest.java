package io.havip.linux.internal.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.spi.PlatformException;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class SlotTest {

  @Property
  void anExtentKeepsPlaceAndLength(
      @ForAll int version,
      @ForAll @LongRange(min = 1, max = Region.SIZE / 8 - 1) long place,
      @ForAll @IntRange(min = 1, max = Slot.MAX_EXTENT / 8) int length) {
    long extent = Slot.extentOf(version, place * 8, length * 8L);
    assertThat(Slot.place(extent)).isEqualTo(place * 8);
    assertThat(Slot.length(extent)).isEqualTo(length * 8L);
    assertThat(extent).isNotEqualTo(Slot.NO_EXTENT);
    assertThat(Slot.extentOf(version + 1, place * 8, length * 8L)).isNotEqualTo(extent);
  }

  @Property
  void aWordKeepsItsDeadline(@ForAll @LongRange(min = 1, max = Long.MAX_VALUE / 8) long deadline) {
    long word = Slot.openUntil(deadline);
    assertThat(Slot.isOpen(word)).isTrue();
    assertThat(Slot.deadline(word)).isEqualTo(deadline);
    assertThat(Slot.isOpen(Slot.resigned(word))).isFalse();
    assertThat(Slot.isOpen(Slot.SHUT)).isFalse();
  }

  @Example
  void extentsDoNotOverlapAndAreUsedAgain() {
    Extents extents = new Extents(4096, 8192);
    Set<Long> places = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      assertThat(places.add(extents.take(1000))).isTrue();
    }
    assertThatThrownBy(() -> extents.take(1)).isInstanceOf(PlatformException.class);
    extents.giveBack(4096, 1000);
    assertThat(extents.take(900)).isEqualTo(4096);
  }
}
