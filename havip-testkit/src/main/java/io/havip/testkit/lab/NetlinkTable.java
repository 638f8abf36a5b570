package io.havip.testkit.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The kernel's list of netlink sockets: it shows when a program has begun to listen. */
final class NetlinkTable {

  /** The bits of the groups for IPv4 and IPv6 addresses, RTMGRP_IPV4_IFADDR and its sibling. */
  private static final long ADDRESS_GROUPS = 0x10 | 0x100;

  private NetlinkTable() {}

  static boolean listensForAddresses(long pid) {
    Path table = Path.of("/proc", Long.toString(pid), "net", "netlink");
    try (Stream<String> rows = Files.lines(table)) {
      return rows.skip(1).anyMatch(row -> listensForAddresses(row, pid));
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Columns: socket, protocol (0 = routing), port id (by custom the process id), groups in hex. */
  private static boolean listensForAddresses(String row, long pid) {
    String[] fields = row.strip().split("\\s+", -1);
    return fields[1].equals("0")
        && fields[2].equals(Long.toString(pid))
        && (Long.parseLong(fields[3], 16) & ADDRESS_GROUPS) == ADDRESS_GROUPS;
  }
}
