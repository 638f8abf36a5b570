package io.havip.linux.internal.guardian;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.havip.linux.internal.netlink.Links;
import io.havip.linux.internal.netlink.Macvlans;
import io.havip.linux.internal.netlink.PreparedRequests;
import io.havip.linux.internal.packet.PreparedAdverts;
import io.havip.net.VirtualAddress;
import io.havip.spi.GuardedRouter;
import io.havip.spi.GuardedRouter.Resignation;
import io.havip.spi.Link;
import io.havip.wire.VrrpCodec;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done in a router's place, ready for the system calls: requests that take its
 * addresses off, requests that remove what else a dead process leaves behind, and resignations.
 * Interfaces are in it by number, so it is written anew when one comes back under its name.
 */
final class Will {

  /** Where the lengths are, and where the first request is. */
  static final long REMOVALS_LENGTH = 0;

  static final long CLEANUP_LENGTH = 4;
  static final long RESIGNATIONS = 8;
  static final long BODY = 16;

  /** The interfaces by name and number; 0 for one that does not exist. */
  private final Map<String, Integer> indexes;

  /** Netlink requests, one behind the other. */
  private final byte[] removals;

  /** Netlink requests for the case that the process is dead. */
  private final byte[] cleanup;

  private final List<Addressed> resignations;

  /** A resignation and the number of the interface by which it leaves. */
  private static final class Addressed {
    final int index;
    final Resignation resignation;
    final byte[] message;

    Addressed(int index, Resignation resignation) {
      this.index = index;
      this.resignation = resignation;
      message =
          VrrpCodec.encode(
              resignation.advert(),
              resignation.source(),
              resignation.destination(),
              resignation.checksum());
    }
  }

  private Will(
      Map<String, Integer> indexes,
      List<byte[]> removals,
      List<byte[]> cleanup,
      List<Addressed> resignations) {
    this.indexes = indexes;
    this.removals = joined(removals);
    this.cleanup = joined(cleanup);
    this.resignations = resignations;
  }

  /** A will of requests alone. */
  static Will ofRequests(byte[] removal, byte[] cleanup) {
    return new Will(Map.of(), List.of(removal), List.of(cleanup), List.of());
  }

  /** The will of a router on the host as it is now. */
  static Will of(GuardedRouter router, Links links, Macvlans macvlans) {
    Map<String, Integer> indexes = indexes(router, links);
    List<byte[]> removals = new ArrayList<>();
    Set<Integer> made = new LinkedHashSet<>();
    for (VirtualAddress address : router.addresses()) {
      String device = address.deviceOr(router.interfaceName());
      int index = indexes.getOrDefault(device, 0);
      if (index != 0) {
        removals.add(PreparedRequests.removeAddress(index, address));
        if (macvlans.made(device)) {
          made.add(index);
        }
      }
    }
    List<Addressed> resignations = new ArrayList<>();
    for (Resignation resignation : router.resignation()) {
      int index = indexes.getOrDefault(resignation.interfaceName(), 0);
      if (index != 0) {
        resignations.add(new Addressed(index, resignation));
      }
    }
    return new Will(
        indexes,
        removals,
        made.stream().map(PreparedRequests::removeLink).toList(),
        List.copyOf(resignations));
  }

  /** The numbers of all interfaces that a router names. */
  static Map<String, Integer> indexes(GuardedRouter router, Links links) {
    Map<String, Integer> indexes = new LinkedHashMap<>();
    for (VirtualAddress address : router.addresses()) {
      put(indexes, address.deviceOr(router.interfaceName()), links);
    }
    for (Resignation resignation : router.resignation()) {
      put(indexes, resignation.interfaceName(), links);
    }
    return indexes;
  }

  private static void put(Map<String, Integer> indexes, String name, Links links) {
    @Nullable Link link = links.known(name);
    indexes.put(name, link == null ? 0 : link.index());
  }

  /** Whether an interface has another number by now than this says. */
  boolean isStale(Links links) {
    for (Map.Entry<String, Integer> each : indexes.entrySet()) {
      Link link = links.known(each.getKey());
      if ((link == null ? 0 : link.index()) != each.getValue()) {
        return true;
      }
    }
    return false;
  }

  /** One request behind the other; each starts at a multiple of four. */
  private static byte[] joined(List<byte[]> requests) {
    byte[] all = new byte[requests.stream().mapToInt(r -> (r.length + 3) & ~3).sum()];
    int at = 0;
    for (byte[] request : requests) {
      System.arraycopy(request, 0, all, at, request.length);
      at += (request.length + 3) & ~3;
    }
    return all;
  }

  static long padded(long length) {
    return (length + 7) & ~7L;
  }

  /** The bytes it takes. */
  long size() {
    long size = BODY + padded(removals.length) + padded(cleanup.length);
    for (Addressed addressed : resignations) {
      size += PreparedAdverts.room(addressed.message.length);
    }
    return size;
  }

  /** Writes it to a place; {@link #size} bytes follow. */
  void write(MemorySegment memory, long place, PreparedAdverts adverts) {
    long at = writeRequests(memory, place);
    memory.set(JAVA_INT, place + RESIGNATIONS, resignations.size());
    for (Addressed addressed : resignations) {
      Resignation resignation = addressed.resignation;
      adverts.write(
          memory,
          at,
          addressed.index,
          resignation.source(),
          resignation.destination(),
          resignation.hopLimit(),
          addressed.message);
      at += PreparedAdverts.room(addressed.message.length);
    }
  }

  /** Writes all but the resignations and returns where the first of these goes. */
  long writeRequests(MemorySegment memory, long place) {
    memory.set(JAVA_INT, place + REMOVALS_LENGTH, removals.length);
    memory.set(JAVA_INT, place + CLEANUP_LENGTH, cleanup.length);
    long at = place + BODY;
    MemorySegment.copy(removals, 0, memory, JAVA_BYTE, at, removals.length);
    at += padded(removals.length);
    MemorySegment.copy(cleanup, 0, memory, JAVA_BYTE, at, cleanup.length);
    return at + padded(cleanup.length);
  }
}
