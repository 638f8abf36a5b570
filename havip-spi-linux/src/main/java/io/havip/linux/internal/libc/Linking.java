package io.havip.linux.internal.libc;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** Links functions of libc. */
@SuppressWarnings("restricted") // the one place that links native functions
final class Linking {

  /** The memory into which the error of a call is captured. */
  static final StructLayout STATE = Linker.Option.captureStateLayout();

  static final long ERRNO = STATE.byteOffset(PathElement.groupElement("errno"));

  private Linking() {}

  /** A function whose error is captured. */
  static MethodHandle fallible(String name, FunctionDescriptor type) {
    return link(name, type, Linker.Option.captureCallState("errno"));
  }

  static MethodHandle link(String name, FunctionDescriptor type, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    MemorySegment address =
        find(name).orElseThrow(() -> new UnsatisfiedLinkError("libc has no function " + name));
    return linker.downcallHandle(address, type, options);
  }

  static boolean has(String name) {
    return find(name).isPresent();
  }

  /** Before glibc 2.34 the functions about threads were in a library of their own. */
  private static Optional<MemorySegment> find(String name) {
    return Linker.nativeLinker()
        .defaultLookup()
        .find(name)
        .or(() -> threads().flatMap(threads -> threads.find(name)));
  }

  private static Optional<SymbolLookup> threads() {
    try {
      return Optional.of(SymbolLookup.libraryLookup("libpthread.so.0", Arena.global()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A downcall throws only what the JVM itself throws: wrong thread, out of memory. */
  static RuntimeException impossible(Throwable e) {
    if (e instanceof RuntimeException unchecked) {
      return unchecked;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a downcall threw a checked exception", e);
  }
}
