package io.havip.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.net.Ipv4Address;
import io.havip.spi.Link.LinkAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

class AddressChangePropertyTest {

  @Property
  void whatMovedIsInOneOfTheListsAlone(
      @ForAll @Size(max = 8) @UniqueElements List<@IntRange(max = 9) Integer> before,
      @ForAll @Size(max = 8) @UniqueElements List<@IntRange(max = 9) Integer> now) {
    AddressChange change = AddressChange.between(links(before), links(now));

    Set<IpAddress> expected = new HashSet<>(addresses(before));
    expected.removeAll(addresses(now));
    Set<IpAddress> come = new HashSet<>(addresses(now));
    come.removeAll(addresses(before));
    expected.addAll(come);
    assertThat(change.moved()).isEqualTo(expected);
  }

  @Property
  void onlyThoseMovedIfAllOthersStandAsTheyStood(
      @ForAll @Size(max = 6) @UniqueElements List<@IntRange(max = 7) Integer> before,
      @ForAll @Size(max = 6) @UniqueElements List<@IntRange(max = 7) Integer> now) {
    boolean only =
        AddressChange.between(links(before), links(now)).only(AddressChangePropertyTest::isEven);

    assertThat(only).isEqualTo(odd(before).equals(odd(now)));
  }

  private static boolean isEven(IpAddress address) {
    return ((Ipv4Address) address).bits() % 2 == 0;
  }

  private static List<Integer> odd(List<Integer> all) {
    return all.stream().filter(n -> n % 2 != 0).toList();
  }

  private static List<LinkAddress> links(List<Integer> numbers) {
    return numbers.stream().map(n -> new LinkAddress(new Ipv4Address(n), 24)).toList();
  }

  private static List<IpAddress> addresses(List<Integer> numbers) {
    return numbers.stream().<IpAddress>map(Ipv4Address::new).toList();
  }
}
