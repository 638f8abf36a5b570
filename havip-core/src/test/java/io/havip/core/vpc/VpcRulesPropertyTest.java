package io.havip.core.vpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.vpc.DriftRange;
import io.havip.vpc.ElasticIp;
import io.havip.vpc.Havip;
import io.havip.vpc.HavipId;
import io.havip.vpc.Instance;
import io.havip.vpc.NetworkInterface;
import io.havip.vpc.Subnet;
import io.havip.vpc.VpcId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/**
 * Whatever is done in whatever order, the rules say what the oracle says and hold what they say.
 */
class VpcRulesPropertyTest {

  @Property(tries = 1500)
  void aCommandIsRefusedExactlyWhenTheOracleFindsARuleAgainstIt(
      @ForAll @Size(max = 120) List<Long> numbers) {
    VpcState state = Commands.furnished();
    for (long number : numbers) {
      VpcCommand command = Commands.of(number);
      Set<String> violated = Oracle.violated(state, command);
      switch (VpcRules.apply(state, command)) {
        case VpcResult.Accepted accepted -> {
          assertThat(violated).as("%s", command).isEmpty();
          state = accepted.state();
        }
        case VpcResult.Refused refused ->
            assertThat(violated).as("%s", command).contains(refused.refusal().rule());
      }
    }
  }

  @Property(tries = 1000)
  void theInvariantsHoldAfterEveryCommand(@ForAll @Size(max = 120) List<Long> numbers) {
    VpcState state = Commands.furnished();
    for (long number : numbers) {
      if (VpcRules.apply(state, Commands.of(number)) instanceof VpcResult.Accepted accepted) {
        state = accepted.state();
        check(state);
      }
    }
  }

  @Property(tries = 300)
  void theSameCommandsGiveTheSameState(@ForAll @Size(max = 60) List<Long> numbers) {
    assertThat(after(numbers)).isEqualTo(after(numbers)).hasToString(after(numbers).toString());
  }

  @Property(tries = 300)
  void noCommandChangesTheStateItIsGiven(@ForAll @Size(max = 60) List<Long> numbers) {
    VpcState state = after(numbers);
    String before = state.toString();
    LongStream.range(0, 50).forEach(n -> VpcRules.apply(state, Commands.of(n)));
    assertThat(state).hasToString(before);
  }

  @Example
  void everyRuleIsMetByTheGeneratedCommands() {
    Set<String> met = new TreeSet<>();
    for (int run = 0; run < 400; run++) {
      VpcState state = Commands.furnished();
      for (int i = 0; i < 250; i++) {
        switch (VpcRules.apply(state, Commands.of(run * 1000L + i))) {
          case VpcResult.Accepted accepted -> state = accepted.state();
          case VpcResult.Refused refused -> {
            met.add(refused.refusal().rule());
            assertThat(refused.refusal().explain()).contains(": ").doesNotContain("null");
          }
        }
      }
    }
    assertThat(met).containsExactlyInAnyOrderElementsOf(Rules.all());
  }

  private static VpcState after(List<Long> numbers) {
    VpcState state = Commands.furnished();
    for (long number : numbers) {
      if (VpcRules.apply(state, Commands.of(number)) instanceof VpcResult.Accepted accepted) {
        state = accepted.state();
      }
    }
    return state;
  }

  private static void check(VpcState state) {
    Map<VpcId, List<IpAddress>> addresses = new HashMap<>();
    for (NetworkInterface each : state.interfaces().values()) {
      Subnet subnet = state.subnets().get(each.subnet());
      List<IpAddress> own = new ArrayList<>(each.secondaryAddresses());
      own.add(each.primaryAddress());
      assertThat(own).allMatch(subnet::isUsable);
      addresses.computeIfAbsent(subnet.vpc(), v -> new ArrayList<>()).addAll(own);
      if (each.attachment() != null) {
        assertThat(state.instances()).containsKey(each.attachment().instance());
      }
    }
    Map<VpcId, Integer> havips = new HashMap<>();
    for (Havip each : state.havips().values()) {
      Subnet subnet = state.subnets().get(each.subnet());
      assertThat(subnet.isUsable(each.address())).isTrue();
      addresses.computeIfAbsent(subnet.vpc(), v -> new ArrayList<>()).add(each.address());
      havips.merge(subnet.vpc(), 1, Integer::sum);
      checkHolder(state, each);
      checkRange(state, each);
    }
    assertThat(addresses.values()).allSatisfy(all -> assertThat(all).doesNotHaveDuplicates());
    assertThat(havips.values()).allMatch(n -> n <= Commands.LIMITS.havipsPerVpc());
    Set<HavipId> bound = new HashSet<>();
    for (ElasticIp each : state.elasticIps().values()) {
      if (each.havip() != null) {
        assertThat(state.havips()).containsKey(each.havip());
        assertThat(bound.add(each.havip())).as("one elastic IP each").isTrue();
      }
    }
    Set<Object> places = new HashSet<>();
    for (Instance each : state.instances().values()) {
      assertThat(VpcQueries.interfacesOf(state, each.id()).stream().filter(VpcQueries::isPrimary))
          .hasSize(1);
      if (each.placementGroup() != null) {
        assertThat(places.add(List.of(each.placementGroup(), each.physicalHost()))).isTrue();
      }
    }
  }

  private static void checkHolder(VpcState state, Havip havip) {
    if (havip.holder() != null) {
      assertThat(state.interfaces()).containsKey(havip.holder());
      assertThat(state.interfaces().get(havip.holder()).subnet()).isEqualTo(havip.subnet());
      assertThat(havip.flushed()).isNotNull();
    }
  }

  private static void checkRange(VpcState state, Havip havip) {
    switch (havip.driftRange()) {
      case DriftRange.Open open -> {}
      case DriftRange.Empty empty -> {}
      case DriftRange.Instances range ->
          assertThat(state.instances().keySet()).containsAll(range.members());
      case DriftRange.Interfaces range ->
          assertThat(range.members())
              .allSatisfy(id -> {
                NetworkInterface.Attachment attachment = state.interfaces().get(id).attachment();
                assertThat(attachment).isNotNull();
                assertThat(attachment.primary()).isFalse();
              });
    }
  }
}
