package io.havip.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code docs/spi.md} and the contract classes speak of the same rules. */
class SpiDocumentTest {

  /**
   * C15 is about secrets, which each binding has of its own; O7 about what a class does before
   * there is anything to test.
   */
  private static final Set<String> WITHOUT_A_CONTRACT_TEST = Set.of("C15", "O7");

  @Test
  void everyTestIsNamedAfterARuleOfThePage_andEveryRuleHasATest() {
    Set<String> tested = new TreeSet<>(WITHOUT_A_CONTRACT_TEST);
    List<Class<?>> contracts = new ArrayList<>(SpiDocument.SEAMS);
    contracts.addAll(SpiDocument.OTHERS);
    for (Class<?> contract : contracts) {
      for (String test : SpiDocument.tests(contract)) {
        tested.add(test.substring(0, test.indexOf('_')).toUpperCase(Locale.ROOT));
      }
    }
    List<String> listed = SpiDocument.rows().stream().map(SpiDocument::rule).toList();
    assertThat(listed).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(listed)).isEqualTo(tested);
  }

  @Test
  void everyRowNamesTheTestOfItsRule() {
    assertThat(SpiDocument.rows())
        .allSatisfy(row -> {
          String rule = SpiDocument.rule(row);
          if (!WITHOUT_A_CONTRACT_TEST.contains(rule)) {
            assertThat(row).contains("`" + rule.toLowerCase(Locale.ROOT) + "_…`");
          }
        });
  }

  /** Code of an author that waits for ever must not hold up a build for as long. */
  @Test
  void everyContractEndsATestThatHangs() {
    assertThat(SpiDocument.SEAMS)
        .allSatisfy(each -> assertThat(each.isAnnotationPresent(Timeout.class)).isTrue());
    assertThat(SpiDocument.OTHERS)
        .allSatisfy(each -> assertThat(each.isAnnotationPresent(Timeout.class)).isTrue());
  }

  @Test
  void thePageNamesEveryContract() {
    for (Class<?> contract : SpiDocument.SEAMS) {
      assertThat(SpiDocument.text()).contains(contract.getSimpleName());
    }
    for (Class<?> contract : SpiDocument.OTHERS) {
      assertThat(SpiDocument.text()).contains(contract.getSimpleName());
    }
  }
}
