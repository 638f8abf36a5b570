package io.havip.linux.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.havip.linux.internal.libc.Structs.Cmsghdr;
import io.havip.linux.internal.libc.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ControlMessagesPropertyTest {

  private static final int ROOM = 128;

  @Test
  void whatIsWrittenIsRead() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(2 * ROOM, 8);
      long data = ControlMessages.put(memory, ROOM, Sys.SOL_IP, Sys.IP_TTL, 4);
      memory.set(ValueLayout.JAVA_INT, data, 64);
      long next = ROOM + Cmsghdr.space(4);
      ControlMessages.put(memory, next, Sys.SOL_SOCKET, Sys.SO_TIMESTAMPNS, 16);
      ControlMessages messages = new ControlMessages(memory);
      messages.start(ROOM, Cmsghdr.space(4) + Cmsghdr.space(16));
      assertThat(messages.advance()).isTrue();
      assertThat(messages.is(Sys.SOL_IP, Sys.IP_TTL, 4)).isTrue();
      assertThat(messages.is(Sys.SOL_IP, Sys.IP_TTL, 8)).isFalse();
      assertThat(memory.get(ValueLayout.JAVA_INT, messages.data())).isEqualTo(64);
      assertThat(messages.advance()).isTrue();
      assertThat(messages.is(Sys.SOL_SOCKET, Sys.SO_TIMESTAMPNS, 16)).isTrue();
      assertThat(messages.advance()).isFalse();
    }
  }

  @RepeatedTest(5)
  void walkEndsAndStaysInsideWhateverTheBytes(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(ROOM, 8);
      byte[] bytes = new byte[ROOM];
      for (int i = 0; i < 20_000; i++) {
        random.nextBytes(bytes);
        for (int at = 0; at < ROOM; at += 24) {
          bytes[at] = (byte) random.nextInt(40); // plausible lengths
          Arrays.fill(bytes, at + 1, at + 8, (byte) 0);
        }
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, ROOM);
        ControlMessages messages = new ControlMessages(memory);
        messages.start(0, random.nextInt(ROOM + 20));
        assertThatCode(
                () -> {
                  int count = 0;
                  while (messages.advance()) {
                    messages.is(Sys.SOL_IP, Sys.IP_TTL, 4);
                    assertThat(messages.data()).isLessThanOrEqualTo(ROOM);
                    assertThat(++count).isLessThanOrEqualTo(ROOM / 16);
                  }
                })
            .doesNotThrowAnyException();
      }
    }
  }
}
