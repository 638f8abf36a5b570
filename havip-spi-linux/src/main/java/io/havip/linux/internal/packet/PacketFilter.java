package io.havip.linux.internal.packet;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.havip.linux.internal.libc.Descriptors;
import io.havip.linux.internal.libc.Structs.SockFilter;
import io.havip.linux.internal.libc.Structs.SockFprog;
import io.havip.linux.internal.libc.Sys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A classic BPF program, which the kernel runs on each frame to decide whether a packet socket gets
 * it.
 */
record PacketFilter(List<Instruction> program) {

  /** Of IPv6 only neighbour advertisements: ICMPv6 of type 136. */
  static final PacketFilter NEIGHBOR_ADVERTISEMENTS =
      new PacketFilter(
          List.of(
              new Instruction(0x30, 0, 0, 20), // A = next header
              new Instruction(0x15, 0, 3, Sys.ICMPV6), // if not ICMPv6 go to refuse
              new Instruction(0x30, 0, 0, 54), // A = ICMPv6 type
              new Instruction(0x15, 0, 1, 136), // if not advertisement go to refuse
              new Instruction(0x06, 0, 0, PacketSocket.MAX_FRAME), // accept
              new Instruction(0x06, 0, 0, 0))); // refuse

  /** Nothing at all, for a socket that only sends. */
  static final PacketFilter NOTHING =
      new PacketFilter(List.of(new Instruction(0x06, 0, 0, 0))); // refuse

  /** Everything of the socket's protocol. */
  static final PacketFilter NONE = new PacketFilter(List.of());

  /** One instruction; the jumps skip that many instructions. */
  record Instruction(int code, int ifTrue, int ifFalse, int value) {}

  /** Attaches the program; on failure the socket is closed and the error thrown. */
  void attach(Descriptors descriptors, int fd, String what, Arena scratch) {
    if (program.isEmpty()) {
      return;
    }
    MemorySegment code = scratch.allocate(SockFilter.LAYOUT, program.size());
    for (int i = 0; i < program.size(); i++) {
      Instruction instruction = program.get(i);
      long base = i * SockFilter.LAYOUT.byteSize();
      code.set(JAVA_SHORT, base + SockFilter.CODE, (short) instruction.code());
      code.set(JAVA_BYTE, base + SockFilter.JT, (byte) instruction.ifTrue());
      code.set(JAVA_BYTE, base + SockFilter.JF, (byte) instruction.ifFalse());
      code.set(JAVA_INT, base + SockFilter.K, instruction.value());
    }
    MemorySegment fprog = scratch.allocate(SockFprog.LAYOUT);
    fprog.set(JAVA_SHORT, SockFprog.LEN, (short) program.size());
    fprog.set(ADDRESS, SockFprog.FILTER, code);
    descriptors.set(fd, what, Sys.SOL_SOCKET, Sys.SO_ATTACH_FILTER, fprog);
  }
}
