package io.havip.testkit.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessTableTest {

  private static final String TAIL =
      " 1 4323 4324 0 -1 4194560 1 2 0 0 0 0 0 0 20 0 1 0 987654 1 2 3 4\n";

  @Test
  void programNamesMayHoldBlanksAndBrackets() {
    assertThat(ProcessTable.parse(77, "77 (a) b) (c) S" + TAIL))
        .contains(new ProcessTable.Entry(77, 4323, 4324, 987654));
  }

  @Test
  void processesThatEndedButWereNotCollectedAreGone() {
    assertThat(ProcessTable.parse(77, "77 (sh) Z" + TAIL)).isEmpty();
  }

  @Test
  void thisProcessIsThere() {
    assertThat(ProcessTable.find(ProcessHandle.current().pid())).isPresent();
  }
}
