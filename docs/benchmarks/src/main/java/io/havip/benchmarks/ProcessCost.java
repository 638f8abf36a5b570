package io.havip.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process and its children have cost so far.
 *
 * @param cpuMillis user and system time; the kernel counts in steps of 10 ms
 * @param residentKib memory in use, shared pages counted in full
 * @param proportionalKib memory in use, each shared page divided among its users
 */
record ProcessCost(long cpuMillis, long residentKib, long proportionalKib) {

  private static final int MILLIS_PER_TICK = 10;

  static ProcessCost of(long pid) {
    long cpu = 0;
    long resident = 0;
    long proportional = 0;
    for (long member : family(pid)) {
      cpu += cpu(member);
      resident += kib(member, "status", "VmRSS:");
      proportional += kib(member, "smaps_rollup", "Pss:");
    }
    return new ProcessCost(cpu, resident, proportional);
  }

  private static List<Long> family(long pid) {
    List<Long> all = new ArrayList<>(List.of(pid));
    ProcessHandle.of(pid).ifPresent(p -> p.descendants().forEach(d -> all.add(d.pid())));
    return all;
  }

  /** {@code proc(5)}: the 14th and 15th field; the second may contain blanks. */
  private static long cpu(long pid) {
    String stat = read(pid, "stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 0);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_PER_TICK;
  }

  private static long kib(long pid, String file, String key) {
    return read(pid, file)
        .lines()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
