package io.havip.core.keepalived;

import io.havip.core.keepalived.Keyword.Shape;
import io.havip.core.keepalived.Keyword.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keywords of {@code vrrp_instance} and of the lines in its blocks. */
final class InstanceKeywords {

  private static final String LISTENER = "Register a listener with the node instead.";
  private static final String NO_VMAC =
      "An address that names an interface of its own uses that interface's MAC address.";

  static final List<Keyword> ROWS =
      List.of(
          works(
              "state",
              Shape.VALUE,
              "MASTER makes the default priority 255 and rules out"
                  + " nopreempt and preempt_delay. As in Keepalived it is no head start."),
          works(
              "interface",
              Shape.VALUE,
              "Required unless there is a default_interface; not the loopback one. Whether it"
                  + " exists is found out when the node starts."),
          works("virtual_router_id", Shape.VALUE, "1 to 255, required."),
          works("priority", Shape.VALUE, "1 to 255; otherwise 100."),
          works(
              "advert_int",
              Shape.VALUE,
              "Version 2: whole seconds, rounded. Version 3: 10 ms to"
                  + " 40.95 s in steps of 10 ms, rounded."),
          block("authentication", Block.AUTHENTICATION, "Version 2 only."),
          block(
              "virtual_ipaddress",
              Block.LINES,
              "At least one address, at most 255; the others"
                  + " are moved to the excluded ones. Addresses of the other family are left out."),
          block("virtual_ipaddress_excluded", Block.LINES, "Of any family, not in adverts."),
          none(
              "no_virtual_ipaddress",
              Shape.FLAG,
              "An advert with an address count of 0 is refused by every member that hears it"
                  + " (RFC 9568 section 7.1), so an instance without virtual_ipaddress is an error."
                  + " The API can leave an address unbound (since 2.2.8)."),
          block(
              "unicast_peer",
              Block.LINES,
              "Senders that are no peers are refused, which"
                  + " Keepalived does only with check_unicast_src."),
          works("unicast_src_ip", Shape.VALUE, "The source of adverts."),
          works(
              "unicast_ttl",
              Shape.VALUE,
              "1 to 255. The default is 255 also for IPv6, where"
                  + " Keepalived leaves the kernel's 64."),
          works("check_unicast_src", Shape.FLAG, "Always on."),
          works(
              "unicast_fault_no_peer",
              Shape.FLAG,
              "Always on: unicast without peers is refused," + " never turned into multicast."),
          works(
              "old_unicast_checksum",
              Shape.WORDS,
              "Sends the checksum of Keepalived up to 1.3.6 and accepts it besides the usual ones."
                  + " Without it, or with never, nothing switches to it by itself."),
          works("nopreempt", Shape.FLAG, "Not with state MASTER or priority 255."),
          works("preempt", Shape.FLAG, "The default."),
          works(
              "preempt_delay",
              Shape.VALUE,
              "0 to 1000 s, fractions allowed. Not with state" + " MASTER or nopreempt."),
          works("version", Shape.VALUE, "2 or 3. IPv6 is always version 3."),
          works("mcast_src_ip", Shape.VALUE, "The source of adverts."),
          works("mcast_dst_ip", Shape.VALUE, "Another group; link-local for IPv6."),
          works(
              "track_src_ip",
              Shape.FLAG,
              "Always on: a source address that is given and missing" + " is a fault."),
          block(
              "track_interface",
              Block.LINES,
              "With weight and reverse. The own interface is" + " tracked anyway."),
          block(
              "track_script",
              Block.LINES,
              "With weight and reverse. The script may be defined" + " before or after."),
          block(
              "track_file",
              Block.LINES,
              "With weight, -254 to 254, and reverse. The value times the weight is added; a"
                  + " product of -254 or less is a fault."),
          block("track_process", Block.LINES, "With weight, -254 to 254, and reverse."),
          noBlock("track_bfd", "BFD is not implemented."),
          works("dont_track_primary", Shape.FLAG, "The own interface going down is no fault."),
          works("garp_master_delay", Shape.VALUE, "Whole seconds, 0 for no second round."),
          works("garp_master_repeat", Shape.VALUE, "At least 1."),
          works("garp_master_refresh", Shape.VALUE, "Whole seconds, 0 for none."),
          works("garp_master_refresh_repeat", Shape.VALUE, "At least 1."),
          works(
              "garp_lower_prio_delay",
              Shape.VALUE,
              "The default is the global"
                  + " vrrp_garp_lower_prio_delay, not the instance's garp_master_delay."),
          works("garp_lower_prio_repeat", Shape.VALUE, "0 for none."),
          none("garp_extra_if", Shape.WORDS, "Other interfaces are not announced on."),
          none("vmac_garp_intvl", Shape.WORDS, "Other interfaces are not announced on."),
          works("lower_prio_no_advert", Shape.SWITCH, "No answer to an advert of lower priority."),
          works(
              "higher_prio_send_advert",
              Shape.SWITCH,
              "One last advert before yielding; on unless switched off, other than in Keepalived."),
          works("down_timer_adverts", Shape.VALUE, "1 to 100."),
          ignored(
              "timer_expired_backup",
              Shape.WORDS,
              "A late process never elects itself here" + " (since 2.4)."),
          ignored("thread_timer_expired", Shape.WORDS, "Another name of timer_expired_backup."),
          works(
              "owner_ignore_adverts",
              Shape.SWITCH,
              "Priority 255 alone; without it an owner yields to another owner with a higher"
                  + " address (since 2.3.3)."),
          ignored(
              "skip_check_adv_addr",
              Shape.SWITCH,
              "A differing address list is never a reason" + " to drop an advert."),
          works("strict_mode", Shape.SWITCH, "As vrrp_strict."),
          works("accept", Shape.FLAG, "The default, except in strict mode."),
          works(
              "no_accept",
              Shape.FLAG,
              "Accept_Mode of RFC 9568 is off: while the instance is ACTIVE, packets to its"
                  + " addresses are dropped by nftables, but neither ARP nor neighbour discovery."
                  + " Not with priority 255. On a host that cannot, the start is refused."),
          works(
              "use_vmac",
              Shape.WORDS,
              "An interface with the virtual MAC address, vrrp.VRID or vrrp6.VRID unless a name"
                  + " follows. It is up while the router is ACTIVE. Not with priority 255. A MAC"
                  + " address, netlink_notify_msg and group are not taken."),
          none("use_vmac_addr", Shape.WORDS, NO_VMAC),
          works(
              "vmac_xmit_base",
              Shape.FLAG,
              "Adverts carry the MAC address of the interface itself."),
          none("use_ipvlan", Shape.WORDS, "No ipvlan is created."),
          none("vrf", Shape.VALUE, "Sockets are bound to the interface alone."),
          none("promote_secondaries", Shape.FLAG, "The kernel setting is left as it is."),
          noBlock("virtual_routes", "Routes are not moved."),
          noBlock("virtual_rules", "Rules are not moved."),
          works(
              "v3_checksum_as_v2",
              Shape.SWITCH,
              "The form in which version 3 over IPv4 is sent;"
                  + " both are received (since 2.2.8)."),
          works(
              "notify_master",
              Shape.VALUES,
              "A command and its arguments, as with script; a user may follow. Commands of an"
                  + " instance run one at a time and in order. One that takes longer than a minute"
                  + " is ended. When several wait, the latest state is told and older ones are left"
                  + " out."),
          works("notify_backup", Shape.VALUES, "As notify_master."),
          works("notify_fault", Shape.VALUES, "As notify_master."),
          works(
              "notify_stop",
              Shape.VALUES,
              "As notify_master, also for an instance that a reload"
                  + " removes. The end waits ten seconds for it."),
          works(
              "notify_deleted",
              Shape.WORDS,
              "An instance that a reload removes is told of as DELETED, by this command if there is"
                  + " one, and by notify. Without it as STOP, where Keepalived says FAULT to"
                  + " notify alone."),
          works(
              "notify",
              Shape.VALUES,
              "As notify_master, for each of these states and after its own command, with INSTANCE,"
                  + " the name, the state and the priority as further arguments."),
          works("notify_master_rx_lower_pri", Shape.VALUES, "As notify_master."),
          works("notify_priority_changes", Shape.SWITCH, "As vrrp_notify_priority_changes."),
          none("smtp_alert", Shape.SWITCH, "No mail is sent. " + LISTENER),
          noBlock(
              "auth_hmac",
              "The instance is refused, for peers that use it would not"
                  + " understand it (since 2.4)."),
          ignored("kernel_rx_buf_size", Shape.WORDS, "The platform sizes its buffers."),
          ignored("debug", Shape.VALUE, "Has no effect in Keepalived either."),
          works("native_ipv6", Shape.FLAG, "Deprecated. The addresses decide."),
          none("linkbeat_use_polling", Shape.FLAG, "Deprecated. Links are watched by netlink."),
          none("lvs_sync_daemon_interface", Shape.VALUE, "Deprecated. LVS is not driven."),
          row(
              Block.AUTHENTICATION,
              "auth_type",
              Status.WORKS,
              Shape.VALUE,
              null,
              "PASS. With AH the instance is refused, for peers would not understand it."),
          row(
              Block.AUTHENTICATION,
              "auth_pass",
              Status.WORKS,
              Shape.VALUE,
              null,
              "The first 8 bytes."),
          address("brd", Status.WORKS, "An address, + for all host bits set, - for none."),
          address("broadcast", Status.WORKS, "As brd."),
          address("dev", Status.WORKS, "The interface of the address."),
          address("scope", Status.WORKS, "global, site, link, host, or their numbers; IPv4 only."),
          address("label", Status.WORKS, "IPv4 only."),
          address("peer", Status.UNSUPPORTED, "The address is set without a peer."),
          address("home", Status.IGNORED, "A flag of Mobile IPv6."),
          address(
              "-nodad",
              Status.UNSUPPORTED,
              "Duplicate address detection is the platform's" + " matter."),
          address("mngtmpaddr", Status.UNSUPPORTED, "The flag is not set."),
          address("noprefixroute", Status.UNSUPPORTED, "The flag is not set."),
          address("autojoin", Status.UNSUPPORTED, "The flag is not set."),
          address("no_track", Status.UNSUPPORTED, "An address that somebody removes is noticed."),
          address("preferred_lft", Status.UNSUPPORTED, "The lifetime is the platform's."),
          address("use_vmac", Status.UNSUPPORTED, NO_VMAC),
          row(
              Block.PEER,
              "min_ttl",
              Status.WORKS,
              Shape.VALUE,
              null,
              "0 to 255: adverts that arrive with less are refused."),
          row(
              Block.PEER,
              "max_ttl",
              Status.WORKS,
              Shape.VALUE,
              null,
              "0 to 255: adverts that arrive with more are refused."),
          row(
              Block.TRACK,
              "weight",
              Status.WORKS,
              Shape.VALUE,
              null,
              "-253 to 253, of files and processes -254 to 254."),
          row(Block.TRACK, "reverse", Status.WORKS, Shape.FLAG, null, "Behind a weight only."),
          row(
              Block.TRACK,
              "noreverse",
              Status.WORKS,
              Shape.FLAG,
              null,
              "Behind a weight, but not that of an interface."));

  private InstanceKeywords() {}

  private static Keyword works(String name, Shape shape, String remark) {
    return row(Block.VRRP_INSTANCE, name, Status.WORKS, shape, null, remark);
  }

  private static Keyword block(String name, Block inside, String remark) {
    return row(Block.VRRP_INSTANCE, name, Status.WORKS, Shape.BLOCK, inside, remark);
  }

  private static Keyword ignored(String name, Shape shape, String remark) {
    return row(Block.VRRP_INSTANCE, name, Status.IGNORED, shape, null, remark);
  }

  private static Keyword none(String name, Shape shape, String remark) {
    return row(Block.VRRP_INSTANCE, name, Status.UNSUPPORTED, shape, null, remark);
  }

  private static Keyword noBlock(String name, String remark) {
    return row(Block.VRRP_INSTANCE, name, Status.UNSUPPORTED, Shape.BLOCK, Block.SKIPPED, remark);
  }

  private static Keyword address(String name, Status status, String remark) {
    return row(Block.ADDRESS, name, status, Shape.WORDS, null, remark);
  }

  private static Keyword row(
      Block block, String name, Status status, Shape shape, @Nullable Block inside, String remark) {
    return new Keyword(block, name, status, shape, inside, remark);
  }
}
