package io.havip.testkit.lab;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A {@code keepalived.conf} for tests. Immutable: every method returns a changed copy. Values are
 * not checked, so that wrong ones can be tested.
 *
 * @param globals keywords of {@code global_defs} and their values; an empty value for a keyword
 *     without one
 * @param instances the VRRP instances in their order
 * @param blocks other blocks of the top level, such as {@code vrrp_script}: the words before the
 *     brace and the lines inside
 */
public record KeepalivedConfig(
    Map<String, String> globals, List<Instance> instances, Map<String, List<String>> blocks) {

  /** Copies maps and list. */
  public KeepalivedConfig {
    globals = Collections.unmodifiableMap(new LinkedHashMap<>(globals));
    instances = List.copyOf(instances);
    blocks = Collections.unmodifiableMap(new LinkedHashMap<>(blocks));
  }

  /**
   * A configuration with empty {@code global_defs}.
   *
   * @param instances its VRRP instances
   * @return the configuration
   */
  public static KeepalivedConfig of(Instance... instances) {
    return new KeepalivedConfig(Map.of(), List.of(instances), Map.of());
  }

  /**
   * A VRRP instance named {@code VI_} + VRID on {@code eth0}, with everything else as keepalived
   * has it by default. To speak at all it needs a VIP.
   *
   * @param vrid the virtual router id
   * @return the instance
   */
  public static Instance instance(int vrid) {
    return new Instance("VI_" + vrid, Map.of(), Map.of())
        .set("interface", LabHost.INTERFACE)
        .set("virtual_router_id", Integer.toString(vrid));
  }

  /**
   * Sets a keyword of {@code global_defs}.
   *
   * @param keyword for example {@code vrrp_startup_delay}
   * @param value its value; empty for none
   * @return the changed copy
   */
  public KeepalivedConfig global(String keyword, String value) {
    return new KeepalivedConfig(put(globals, keyword, value), instances, blocks);
  }

  /**
   * Adds a block of the top level.
   *
   * @param head its keyword and name, for example {@code vrrp_script check}
   * @param lines the lines inside
   * @return the changed copy
   */
  public KeepalivedConfig block(String head, String... lines) {
    return new KeepalivedConfig(globals, instances, put(blocks, head, List.of(lines)));
  }

  /**
   * The text of the file.
   *
   * @return lines, each with its end
   */
  public String render() {
    return block("", "global_defs", lines("  ", globals))
        + blocks.entrySet().stream()
            .map(entry -> block("", entry.getKey(), String.join("\n", entry.getValue()).indent(2)))
            .collect(Collectors.joining())
        + instances.stream().map(Instance::render).collect(Collectors.joining());
  }

  /**
   * One VRRP instance.
   *
   * @param name its name
   * @param keywords keywords and their values; an empty value for a keyword without one
   * @param blocks keywords with a block, and the block's lines
   */
  public record Instance(
      String name, Map<String, String> keywords, Map<String, List<String>> blocks) {

    /** Copies the maps. */
    public Instance {
      keywords = Collections.unmodifiableMap(new LinkedHashMap<>(keywords));
      blocks = Collections.unmodifiableMap(new LinkedHashMap<>(blocks));
    }

    /**
     * Sets any keyword, also one that has no method here.
     *
     * @param keyword for example {@code garp_lower_prio_repeat}
     * @param value its value; empty for none
     * @return the changed copy
     */
    public Instance set(String keyword, String value) {
      return new Instance(name, put(keywords, keyword, value), blocks);
    }

    /**
     * Adds a line to any block.
     *
     * @param keyword the block's keyword, for example {@code track_interface}
     * @param line the line
     * @return the changed copy
     */
    public Instance add(String keyword, String line) {
      List<String> lines = new ArrayList<>(blocks.getOrDefault(keyword, List.of()));
      lines.add(line);
      return new Instance(name, keywords, put(blocks, keyword, List.copyOf(lines)));
    }

    /**
     * The initial state: {@code MASTER} or {@code BACKUP}.
     *
     * @param state the state
     * @return the changed copy
     */
    public Instance state(String state) {
      return set("state", state);
    }

    /**
     * The priority.
     *
     * @param priority 1..255, 255 for the owner
     * @return the changed copy
     */
    public Instance priority(int priority) {
      return set("priority", Integer.toString(priority));
    }

    /**
     * The protocol version.
     *
     * @param version 2 or 3
     * @return the changed copy
     */
    public Instance version(int version) {
      return set("version", Integer.toString(version));
    }

    /**
     * The advert interval.
     *
     * @param interval whole seconds in version 2, steps of 10 ms in version 3
     * @return the changed copy
     */
    public Instance advertInterval(Duration interval) {
      return set("advert_int", seconds(interval));
    }

    /**
     * Plain password authentication, version 2 only.
     *
     * @param password at most 8 characters
     * @return the changed copy
     */
    public Instance password(String password) {
      return add("authentication", "auth_type PASS").add("authentication", "auth_pass " + password);
    }

    /**
     * Adds a virtual address.
     *
     * @param address the address, with whatever may follow it on its line
     * @return the changed copy
     */
    public Instance vip(String address) {
      return add("virtual_ipaddress", address);
    }

    /**
     * Sends to peers instead of to the multicast group.
     *
     * @param source the own address
     * @param peers the peers' addresses
     * @return the changed copy
     */
    public Instance unicast(String source, String... peers) {
      Instance changed = set("unicast_src_ip", source);
      for (String peer : peers) {
        changed = changed.add("unicast_peer", peer);
      }
      return changed;
    }

    /**
     * Does not take over from a living master of lower priority.
     *
     * @return the changed copy
     */
    public Instance noPreempt() {
      return set("nopreempt", "");
    }

    /**
     * Waits before taking over from a living master of lower priority.
     *
     * @param delay the delay
     * @return the changed copy
     */
    public Instance preemptDelay(Duration delay) {
      return set("preempt_delay", seconds(delay));
    }

    /**
     * The gratuitous ARPs of a new master: how many in a round, when the second round comes, and
     * how often one is sent from then on.
     *
     * @param repeat number in each round
     * @param delay from the first to the second round, in whole seconds; zero for no second round
     * @param refresh from one refresh to the next, in whole seconds; zero for none
     * @return the changed copy
     */
    public Instance garp(int repeat, Duration delay, Duration refresh) {
      return set("garp_master_repeat", Integer.toString(repeat))
          .set("garp_master_delay", seconds(delay))
          .set("garp_master_refresh", seconds(refresh));
    }

    private String render() {
      String inner =
          lines("  ", keywords)
              + blocks.entrySet().stream()
                  .map(entry ->
                      block(
                          "  ",
                          entry.getKey(),
                          entry.getValue().stream()
                              .map(line -> "    " + line + "\n")
                              .collect(Collectors.joining())))
                  .collect(Collectors.joining());
      return block("", "vrrp_instance " + name, inner);
    }
  }

  private static String block(String indent, String head, String inner) {
    return indent + head + " {\n" + inner + indent + "}\n";
  }

  private static String lines(String indent, Map<String, String> keywords) {
    return keywords.entrySet().stream()
        .map(entry -> (indent + entry.getKey() + " " + entry.getValue()).stripTrailing() + "\n")
        .collect(Collectors.joining());
  }

  private static <V> Map<String, V> put(Map<String, V> map, String key, V value) {
    Map<String, V> changed = new LinkedHashMap<>(map);
    changed.put(key, value);
    return changed;
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString();
  }
}
