package io.havip.core.keepalived;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what Keepalived 2.2.7 writes when it is started with {@code -d}. */
final class KeepalivedDump {

  private static final Pattern VALUE = Pattern.compile("^ {3}(\\S[^=]*?) (?:=|:) (.*)$");
  private static final Pattern LIST = Pattern.compile("^ {3}(\\S.*?) ?(?:\\(\\d+\\))? ?:$");

  private final SortedMap<String, SortedMap<String, String>> routers = new TreeMap<>();
  private final SortedMap<String, SortedMap<String, String>> scripts = new TreeMap<>();
  private final SortedMap<String, String> objects = new TreeMap<>();
  private final List<String> members = new ArrayList<>();
  private SortedMap<String, String> router = new TreeMap<>();
  private SortedMap<String, String> script = new TreeMap<>();
  private SortedMap<String, String> object = new TreeMap<>();
  private String part = "";
  private String list = "";

  private static final Map<String, String> TRACKED =
      Map.of(
          "Tracked interfaces", "track_interface",
          "Tracked scripts", "track_script",
          "Tracked files", "track_file",
          "Tracked process", "track_process");

  private static final Map<String, String> OCCASIONS =
      Map.of(
          "Master state transition script", "ACTIVE",
          "Backup state transition script", "BACKUP",
          "Fault state transition script", "FAULT",
          "Stop state transition script", "STOP",
          "Deleted state transition script", "DELETED",
          "Generic state transition script", "any");

  private KeepalivedDump() {}

  /** The virtual routers in the lines of a dump, which have no times any more. */
  static SortedMap<String, SortedMap<String, String>> routers(List<String> lines) {
    KeepalivedDump dump = new KeepalivedDump();
    lines.forEach(dump::line);
    dump.routers.values().forEach(dump::addScripts);
    dump.routers.values().forEach(dump::addObjects);
    return dump.routers;
  }

  private void line(String line) {
    if (line.startsWith("------< ")) {
      part = line.substring(8).replace(" >------", "");
    } else if (!line.startsWith(" ")) {
      return; // what another process of Keepalived says meanwhile
    } else if (part.equals("VRRP Topology")) {
      routerLine(line);
    } else if (part.equals("VRRP Scripts")) {
      scriptLine(line);
    } else if (part.equals("VRRP Sync groups")) {
      groupLine(line);
    } else if (part.equals("VRRP Track files") || part.equals("VRRP Track processes")) {
      objectLine(line);
    }
  }

  private void routerLine(String line) {
    if (line.startsWith(" VRRP Instance = ")) {
      router = new TreeMap<>();
      routers.put(line.substring(17), router);
      router.put("tracks_itself", "true");
      router.put("auth", "none");
      router.put("track_interface", "");
      router.put("track_script", "");
      router.put("addresses", "");
      router.put("excluded", "");
      list = "";
      return;
    }
    Matcher value = VALUE.matcher(line);
    Matcher begin = LIST.matcher(line);
    if (line.startsWith("     ") && !list.isEmpty()) {
      entry(line.strip());
    } else if (begin.matches()) {
      list = begin.group(1);
    } else {
      list = "";
      if (line.startsWith("   Use VMAC, i/f name ")) {
        router.put("vmac", line.substring(22).replaceFirst(", is_up = [a-z]+", ""));
      } else if (value.matches()) {
        value(value.group(1), value.group(2));
      } else if (line.equals("   Notify deleted = Deleted")) {
        router.put("tells_deletion", "true");
      } else if (line.equals("   VRRP interface tracking disabled")) {
        router.put("tracks_itself", "false");
      } else if (line.startsWith("   Multicast address ")) {
        router.put("group", line.substring(21).replaceFirst(",.*", ""));
      }
    }
  }

  private static String bareInterface(String value) {
    return value.replaceFirst(".*, vmac on ", "").replace(", xmit base i/f", "");
  }

  private void value(String name, String value) {
    switch (name) {
      case "Sync group" -> router.put("sync_group", value);
      case "VRRP Version" -> router.put("version", value);
      case "Interface" -> router.put("interface", bareInterface(value));
      case "Using src_ip" -> {
        if (value.endsWith(" (from configuration)")) {
          router.put("source", value.substring(0, value.indexOf(' ')));
        }
      }
      case "Gratuitous ARP delay" -> router.put("garp_delay", value);
      case "Gratuitous ARP repeat" -> router.put("garp_repeat", value);
      case "Gratuitous ARP refresh" -> router.put("garp_refresh", value);
      case "Gratuitous ARP refresh repeat" -> router.put("garp_refresh_repeat", value);
      case "Gratuitous ARP lower priority delay" -> router.put("garp_lower_delay", value);
      case "Gratuitous ARP lower priority repeat" -> router.put("garp_lower_repeat", value);
      case "Down timer adverts" -> router.put("down_adverts", value);
      case "Send advert after receive lower priority advert" -> router.put("lower_advert", value);
      case "Send advert after receive higher priority advert" -> router.put("higher_advert", value);
      case "Virtual Router ID" -> router.put("vrid", value);
      case "Priority" -> router.put("priority", value);
      case "Advert interval" -> router.put("advert_int", seconds(value));
      case "Preempt" -> router.put("preempt", value.equals("enabled") + "");
      case "Accept" -> router.put("accept", value.equals("enabled") + "");
      case "Preempt delay" -> router.put("preempt_delay", seconds(value));
      case "Password" -> router.put("auth", value);
      case "Unicast TTL" -> router.put("ttl", value);
      case "Notify deleted" -> {
        if (!value.equals("Fault")) {
          router.put("tells_deletion", "true");
        }
      }
      default -> {
        if (name.endsWith(" script")) {
          router.put("notify_" + OCCASIONS.getOrDefault(name, name), command(value));
        }
      }
    }
  }

  /** A command and the user it runs as, by name. */
  private static String command(String value) {
    int ids = value.indexOf(", uid:gid ");
    return value.substring(0, ids) + " as " + Accounts.names(value.substring(ids + 10));
  }

  private void groupLine(String line) {
    Matcher begin = LIST.matcher(line);
    Matcher value = VALUE.matcher(line);
    if (line.startsWith(" VRRP Sync Group = ")) {
      members.clear();
      list = "";
    } else if (line.startsWith("     ") && list.equals("VRRP member instances")) {
      members.add(line.strip());
    } else if (line.startsWith("     ") && !list.isEmpty()) {
      String aspect = TRACKED.get(list);
      if (aspect != null) {
        toMembers(aspect, weighted(line.strip()));
      }
    } else if (begin.matches()) {
      list = begin.group(1);
    } else if (line.equals("   sync group tracking weight set")) {
      toMembers("weights", "true");
    } else if (value.matches() && value.group(1).endsWith(" script")) {
      String name = value.group(1);
      toMembers("notify_" + OCCASIONS.getOrDefault(name, name), command(value.group(2)));
    }
  }

  private void toMembers(String aspect, String text) {
    for (String member : members) {
      SortedMap<String, String> values = routers.get(member);
      if (values != null) {
        values.merge("group_" + aspect, text, (a, b) -> a.isEmpty() ? b : a + ", " + b);
      }
    }
  }

  private void objectLine(String line) {
    Matcher value = VALUE.matcher(line);
    if (line.startsWith(" Track file = ") || line.startsWith(" VRRP Track process = ")) {
      object = new TreeMap<>();
      object.put("name", line.substring(line.indexOf('=') + 2));
    } else if (value.matches()) {
      object.put(value.group(1), value.group(2));
      endObject();
    }
  }

  /** Says what is known of it so far. */
  private void endObject() {
    String name = object.get("name");
    if (name == null) {
      return;
    }
    if (object.containsKey("File")) {
      objects.put("file_" + name, object.get("File"));
    } else if (object.containsKey("Process")) {
      objects.put("process_" + name, process());
    }
  }

  private String process() {
    String command = object.get("Process") + " " + object.getOrDefault("Parameters", "");
    return "%s, %s to %s, after %d s and %d s"
        .formatted(
            command.strip(),
            object.getOrDefault("Min processes", ""),
            object.getOrDefault("Max processes", "any"),
            wholeSeconds("Fork delay"),
            wholeSeconds("Terminate delay"));
  }

  private long wholeSeconds(String delay) {
    String text = object.getOrDefault(delay, "0s");
    return new BigDecimal(text.substring(0, text.length() - 1))
        .setScale(0, RoundingMode.CEILING)
        .longValue();
  }

  private void addObjects(SortedMap<String, String> values) {
    for (String aspect : List.of("file", "process")) {
      String tracked = values.getOrDefault("track_" + aspect, "");
      for (String each : tracked.isEmpty() ? new String[0] : tracked.split(", ", -1)) {
        String name = aspect + "_" + each.substring(0, each.indexOf(' '));
        values.put(name, objects.getOrDefault(name, ""));
      }
    }
  }

  private void entry(String entry) {
    switch (list) {
      case "Virtual IP" -> append("addresses", address(entry), "; ");
      case "Virtual IP Excluded" -> append("excluded", address(entry), "; ");
      case "Unicast Peer" -> append("peers", entry.replace(" min_ttl 0 max_ttl 255", ""), " ");
      case "Tracked interfaces" -> append("track_interface", weighted(entry), ", ");
      case "Tracked scripts" -> append("track_script", weighted(entry), ", ");
      case "Tracked files" -> append("track_file", weighted(entry), ", ");
      case "Tracked processes" -> append("track_process", weighted(entry), ", ");
      default -> {}
    }
  }

  private void append(String aspect, String text, String separator) {
    router.merge(aspect, text, (a, b) -> a.isEmpty() ? b : a + separator + b);
  }

  private static String weighted(String entry) {
    return entry.replaceFirst(",? weight ", " ");
  }

  /** Brings an address to the form without what follows from its family. */
  private String address(String entry) {
    List<String> words = new ArrayList<>(List.of(entry.split(" ", -1)));
    boolean ipv6 = words.getFirst().contains(":");
    words.remove("deprecated");
    int lifetime = words.indexOf("preferred_lft");
    if (lifetime > 0 && words.get(lifetime + 1).equals("forever")) {
      words.subList(lifetime, lifetime + 2).clear();
    }
    words.replaceAll(w -> w.replaceFirst("@.*", ""));
    int scope = words.indexOf("scope");
    if (ipv6 && scope > 0) {
      words.subList(scope, scope + 2).clear();
    }
    return String.join(" ", words);
  }

  private void scriptLine(String line) {
    if (line.startsWith(" VRRP Script = ")) {
      script = new TreeMap<>();
      scripts.put(line.substring(15), script);
      return;
    }
    Matcher value = VALUE.matcher(line);
    if (!value.matches()) {
      return;
    }
    String text = value.group(2);
    switch (value.group(1)) {
      case "Command" -> script.put("command", text);
      case "Script uid:gid" ->
          script.merge("command", " as " + Accounts.names(text), String::concat);
      case "Interval" -> script.put("interval", seconds(text));
      case "Timeout" ->
          script.put("timeout", text.equals("0 sec") ? script.get("interval") : seconds(text));
      case "Rise" -> script.put("rise", text);
      case "Fall" -> script.put("fall", text);
      default -> {}
    }
  }

  private void addScripts(SortedMap<String, String> values) {
    String tracked = values.getOrDefault("track_script", "");
    if (tracked.isEmpty()) {
      return;
    }
    for (String each : tracked.split(", ", -1)) {
      values.putAll(scripts.getOrDefault(each.substring(0, each.indexOf(' ')), new TreeMap<>()));
    }
  }

  /** Keepalived's words for a time, in seconds. */
  private static String seconds(String text) {
    String[] words = text.split(" ", -1);
    BigDecimal number = new BigDecimal(words[0]);
    boolean thousandths = words.length > 1 && words[1].startsWith("milli");
    return (thousandths ? number.movePointLeft(3) : number).stripTrailingZeros().toPlainString();
  }
}
