package io.havip.core.keepalived;

import io.havip.net.AddressScope;
import io.havip.net.Cidr;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the lines of {@code virtual_ipaddress} and {@code virtual_ipaddress_excluded}. */
final class AddressReader {

  /** An address and where it was written. */
  record Entry(VirtualAddress address, Position at) {}

  private static final Set<String> TAKE_A_VALUE =
      Set.of("brd", "broadcast", "dev", "scope", "label", "peer", "preferred_lft");

  private final Report report;

  AddressReader(Report report) {
    this.report = report;
  }

  /**
   * Reads a line: an address with an optional prefix length, then options in any order.
   *
   * @return empty if it was reported that the address is not used
   */
  Optional<Entry> read(List<Word> words, String keyword) {
    Word first = words.getFirst();
    int slash = first.text().indexOf('/');
    String literal = slash < 0 ? first.text() : first.text().substring(0, slash);
    Optional<IpAddress> address = Values.address(literal);
    if (address.isEmpty()) {
      return unusable(first, keyword, first.shown() + " is no IP address");
    }
    VirtualAddress virtual;
    try {
      virtual = VirtualAddress.of(address.get());
    } catch (IllegalArgumentException e) {
      return unusable(first, keyword, first.shown() + " cannot be a virtual address");
    }
    if (address.get().isLoopback()) { // refused later by the configuration as a whole
      return unusable(first, keyword, first.shown() + " cannot be a virtual address");
    }
    if (slash >= 0) {
      virtual = withPrefix(virtual, first, keyword, slash);
    }
    return options(virtual, words, keyword);
  }

  private VirtualAddress withPrefix(VirtualAddress address, Word word, String keyword, int slash) {
    int longest = address.address().family().addressBits();
    OptionalLong prefix = Values.whole(word.text().substring(slash + 1));
    if (prefix.isPresent() && prefix.getAsLong() >= 0 && prefix.getAsLong() <= longest) {
      return address.withPrefixLength((int) prefix.getAsLong());
    }
    report.warn(
        word.at(),
        keyword,
        "the prefix length of " + word.shown() + " must be 0 to " + longest,
        "/" + longest);
    return address;
  }

  private Optional<Entry> options(VirtualAddress start, List<Word> words, String keyword) {
    VirtualAddress address = start;
    Set<String> seen = new HashSet<>();
    Iterator<Word> rest = words.subList(1, words.size()).iterator();
    while (rest.hasNext()) {
      Word option = rest.next();
      Keyword row = Keywords.find(Block.ADDRESS, option.text());
      if (row == null) {
        report.warn(option.at(), keyword, option.shown() + " behind an address is not known");
        continue;
      }
      Word value = option;
      if (TAKE_A_VALUE.contains(row.name())) {
        if (!rest.hasNext()) {
          return unusable(option, keyword, row.name() + " needs a value");
        }
        value = rest.next();
      }
      if (!seen.add(row.name().equals("broadcast") ? "brd" : row.name())) {
        return unusable(option, keyword, row.name() + " is given twice");
      }
      if (row.status() != Keyword.Status.WORKS) {
        reportStatus(row, option);
        continue;
      }
      Optional<VirtualAddress> changed = option(address, row.name(), option, value, keyword);
      if (changed.isEmpty()) {
        return Optional.empty();
      }
      address = changed.get();
    }
    return Optional.of(new Entry(address, words.getFirst().at()));
  }

  private Optional<VirtualAddress> option(
      VirtualAddress address, String name, Word option, Word value, String keyword) {
    boolean ipv6 = address.address().family() == IpFamily.IPV6;
    try {
      return switch (name) {
        case "dev" -> Optional.of(address.withDevice(value.text()));
        case "label" -> {
          if (ipv6) {
            report.warn(option.at(), keyword, "an IPv6 address has no label; it is not used");
            yield Optional.of(address);
          }
          yield Optional.of(address.withLabel(value.text()));
        }
        case "scope" -> Optional.of(scope(address, option, value, keyword));
        case "brd", "broadcast" -> broadcast(address, option, value, keyword);
        default -> throw new AssertionError(name);
      };
    } catch (IllegalArgumentException e) {
      return skipped(value, keyword, value.shown() + " cannot be the " + name + " of an address");
    }
  }

  private VirtualAddress scope(VirtualAddress address, Word option, Word value, String keyword) {
    if (address.address().family() == IpFamily.IPV6) {
      report.warn(option.at(), keyword, "an IPv6 address has its own scope; this is not used");
      return address;
    }
    OptionalLong number = Values.whole(value.text());
    for (AddressScope scope : AddressScope.values()) {
      if (value.text().equals(scope.name().toLowerCase(Locale.ROOT))
          || (number.isPresent() && number.getAsLong() == scope.number())) {
        return address.withScope(scope);
      }
    }
    report.warn(
        value.at(),
        keyword,
        "the scope must be global, site, link or host, not " + value.shown(),
        "global");
    return address;
  }

  private Optional<VirtualAddress> broadcast(
      VirtualAddress address, Word option, Word value, String keyword) {
    if (address.address().family() == IpFamily.IPV6) {
      return skipped(option, keyword, "an IPv6 address has no broadcast address");
    }
    if (value.text().equals("+") || value.text().equals("-")) {
      if (address.prefixLength() > 30) {
        report.warn(
            value.at(), keyword, "a /" + address.prefixLength() + " has no broadcast address");
        return Optional.of(address);
      }
      Cidr network = address.network();
      return Optional.of(
          address.withBroadcast(value.text().equals("+") ? network.last() : network.first()));
    }
    Optional<IpAddress> given =
        Values.address(value.text()).filter(a -> a.family() == IpFamily.IPV4);
    if (given.isEmpty()) {
      return skipped(value, keyword, value.shown() + " is no broadcast address");
    }
    return Optional.of(address.withBroadcast(given.get()));
  }

  private void reportStatus(Keyword row, Word option) {
    if (row.status() == Keyword.Status.IGNORED) {
      report.note(option.at(), row.name(), row.name() + " is not needed: " + row.reason());
    } else {
      report.warn(option.at(), row.name(), row.name() + " is not supported: " + row.reason());
    }
  }

  private Optional<Entry> unusable(Word word, String keyword, String why) {
    report.warn(word.at(), keyword, why + "; the address is not used");
    return Optional.empty();
  }

  private Optional<VirtualAddress> skipped(Word word, String keyword, String why) {
    report.warn(word.at(), keyword, why + "; the address is not used");
    return Optional.empty();
  }
}
