package io.havip.core.keepalived;

import io.havip.core.keepalived.Keyword.Shape;
import io.havip.core.keepalived.Keyword.Status;
import java.util.ArrayList;
import java.util.List;

/** The keywords of {@code global_defs}. */
final class GlobalKeywords {

  private static final String LISTENER = "Register a listener with the node instead.";
  private static final String MAIL = "No mail is sent.";
  private static final String FIREWALL =
      "What no_accept needs is in an nftables table of its own; virtual MACs need no rule.";
  private static final String SCHEDULING = "Scheduling is left to the JVM and its host.";
  private static final String BUFFERS = "The platform sizes its buffers.";
  private static final String PROCESS = "About Keepalived's own process and files.";
  private static final String LVS = "The LVS part of Keepalived.";
  private static final String BFD = "The BFD part of Keepalived.";
  private static final String METRICS = "The node's snapshot has the figures.";

  static final List<Keyword> ROWS = rows();

  private GlobalKeywords() {}

  private static List<Keyword> rows() {
    List<Keyword> rows = new ArrayList<>();
    rows.add(works("router_id", Shape.WORDS, "Names the node; otherwise the host name does."));
    rows.add(works("vrrp_version", Shape.VALUE, "2 or 3; the default is 2."));
    rows.add(works("vrrp_mcast_group4", Shape.VALUE, "The default is 224.0.0.18."));
    rows.add(works("vrrp_mcast_group6", Shape.VALUE, "The default is ff02::12."));
    rows.add(
        works(
            "default_interface",
            Shape.WORDS,
            "The interface of instances that name none, with a note. There is no default."));
    rows.add(works("vrrp_garp_master_delay", Shape.VALUE, "The default is 5 s."));
    rows.add(works("vrrp_garp_master_repeat", Shape.VALUE, "The default is 5."));
    rows.add(works("vrrp_garp_master_refresh", Shape.VALUE, "The default is none."));
    rows.add(works("vrrp_garp_master_refresh_repeat", Shape.VALUE, "The default is 1."));
    rows.add(
        works("vrrp_garp_lower_prio_delay", Shape.VALUE, "The default is vrrp_garp_master_delay."));
    rows.add(
        works(
            "vrrp_garp_lower_prio_repeat", Shape.VALUE, "The default is vrrp_garp_master_repeat."));
    rows.add(
        works(
            "vrrp_garp_interval",
            Shape.VALUE,
            "At least 0.000001 s; the default is none. Adverts never wait for announcements."));
    rows.add(works("vrrp_gna_interval", Shape.VALUE, "As vrrp_garp_interval, for IPv6."));
    rows.add(
        works(
            "vrrp_min_garp",
            Shape.SWITCH,
            "One announcement, no second round, and no refresh unless its repeat is given."));
    rows.add(none("vrrp_garp_extra_if", Shape.WORDS, "Other interfaces are not announced on."));
    rows.add(none("vrrp_vmac_garp_intvl", Shape.WORDS, "Other interfaces are not announced on."));
    rows.add(works("vrrp_down_timer_adverts", Shape.VALUE, "1 to 100; the default is 3."));
    rows.add(works("vrrp_lower_prio_no_advert", Shape.SWITCH, "The default is off."));
    rows.add(
        works(
            "vrrp_higher_prio_send_advert",
            Shape.SWITCH,
            "The default is on; Keepalived's is off, and its winner of a healed split announces"
                + " nothing."));
    rows.add(works("vrrp_check_unicast_src", Shape.FLAG, "Always on."));
    rows.add(
        ignored(
            "vrrp_skip_check_adv_addr",
            Shape.FLAG,
            "A differing address list is never a reason to drop an advert."));
    rows.add(
        works(
            "vrrp_strict",
            Shape.FLAG,
            "What it forbids is left out. As in Keepalived it means no_accept, unless accept is"
                + " given in version 3, and a note says so."));
    rows.add(
        works(
            "v3_checksum_as_v2",
            Shape.SWITCH,
            "The form in which version 3 over IPv4 is sent; both are received (since 2.2.8)."));
    rows.add(works("vrrp_owner_ignore_adverts", Shape.SWITCH, "The default is off (since 2.3.3)."));
    rows.add(works("vrrp_startup_delay", Shape.VALUE, "0.001 to 4294 s."));
    rows.add(
        works(
            "vrrp_delay_after_boot",
            Shape.VALUE,
            "0.001 to 4294 s from the boot of the host, so that a later start is not delayed (since"
                + " 2.4)."));
    rows.add(ignored("log_unknown_vrids", Shape.FLAG, "Every refused packet is counted."));
    rows.add(
        works(
            "vrrp_notify_priority_changes",
            Shape.SWITCH,
            "Lines MASTER_PRIORITY and BACKUP_PRIORITY in the FIFO; the default is off."));
    rows.add(
        works(
            "notify_fifo",
            Shape.WORDS,
            "Made if it is missing, for script_user unless another user follows, and left there at"
                + " the end. What nobody reads waits in it; when it is full, the latest states do,"
                + " which Keepalived loses."));
    rows.add(works("vrrp_notify_fifo", Shape.WORDS, "As notify_fifo."));
    rows.add(
        works(
            "notify_fifo_script",
            Shape.WORDS,
            "A command, with the FIFO as its last argument; a user may follow. It is started again"
                + " when it ends, which Keepalived does not do, and has a second at the end to"
                + " read what is left."));
    rows.add(works("vrrp_notify_fifo_script", Shape.WORDS, "As notify_fifo_script."));
    rows.add(
        works(
            "fifo_write_vrrp_states_on_reload",
            Shape.FLAG,
            "Without it a router that goes on through a reload writes nothing."));
    rows.add(
        works(
            "script_user",
            Shape.WORDS,
            "A user and a group. If they do not exist, commands without a user of their own are not"
                + " used. Without it commands run as keepalived_script if there is such a user,"
                + " else as the process. Only a process of root can change the user; any"
                + " other runs them itself and says so. Needs setpriv of util-linux."));
    rows.add(
        works(
            "enable_script_security",
            Shape.FLAG,
            "A command that would run as root and that others may change is not used. Without it"
                + " such a command gives a warning. Looked at when the file is read on the host"
                + " itself."));
    rows.add(
        works(
            "set_supplementary_groups",
            Shape.FLAG,
            "A command that runs as another user has its supplementary groups; without this it has"
                + " none (since 2.2.8)."));
    each(
        rows,
        Status.UNSUPPORTED,
        "Run it around your application.",
        "startup_script",
        "shutdown_script");
    each(
        rows,
        Status.IGNORED,
        "The script is not run.",
        "startup_script_timeout",
        "shutdown_script_timeout");
    each(
        rows,
        Status.IGNORED,
        SCHEDULING,
        "max_auto_priority",
        "min_auto_priority_delay",
        "vrrp_priority",
        "vrrp_rt_priority",
        "vrrp_no_swap",
        "vrrp_cpu_affinity",
        "vrrp_rlimit_rttime",
        "vrrp_rlimit_rtime");
    each(
        rows,
        Status.IGNORED,
        BUFFERS,
        "vrrp_rx_bufs_policy",
        "vrrp_rx_bufs_multiplier",
        "vrrp_netlink_cmd_rcv_bufs",
        "vrrp_netlink_cmd_rcv_bufs_force",
        "vrrp_netlink_monitor_rcv_bufs",
        "vrrp_netlink_monitor_rcv_bufs_force",
        "process_monitor_rcv_bufs",
        "process_monitor_rcv_bufs_force");
    rows.add(
        works(
            "dynamic_interfaces",
            Shape.WORDS,
            "An instance whose interface does not exist at the start waits for it in FAULT; without"
                + " this that is an error. One that is deleted later and made again is followed,"
                + " with or without this keyword, also as another kind of interface."));
    each(rows, Status.IGNORED, "The kernel's messages are left alone.", "disable_local_igmp");
    each(
        rows,
        Status.UNSUPPORTED,
        "Give the name of the interface behind use_vmac.",
        "vmac_prefix",
        "vmac_addr_prefix");
    each(
        rows,
        Status.IGNORED,
        FIREWALL,
        "vrrp_iptables",
        "vrrp_ipsets",
        "nftables",
        "nftables_priority",
        "nftables_ifindex",
        "nftables_counters");
    each(
        rows,
        Status.UNSUPPORTED,
        METRICS,
        "enable_snmp_vrrp",
        "enable_snmp_keepalived",
        "enable_snmp_rfc",
        "enable_snmp_rfcv2",
        "enable_snmp_rfcv3",
        "enable_traps",
        "enable_dbus");
    each(
        rows,
        Status.IGNORED,
        METRICS,
        "snmp_socket",
        "enable_snmp_checker",
        "dbus_service_name",
        "dbus_no_interface_name");
    rows.add(
        new Keyword(
            Block.GLOBAL_DEFS,
            "notification_email",
            Status.IGNORED,
            Shape.BLOCK,
            Block.SKIPPED,
            MAIL));
    each(
        rows,
        Status.IGNORED,
        MAIL,
        "notification_email_from",
        "smtp_server",
        "smtp_connect_timeout",
        "smtp_helo_name",
        "no_email_faults");
    each(rows, Status.UNSUPPORTED, MAIL + " " + LISTENER, "smtp_alert", "smtp_alert_vrrp");
    each(
        rows,
        Status.IGNORED,
        PROCESS,
        "json_version",
        "state_dump_file",
        "stats_dump_file",
        "json_dump_file",
        "reload_check_config",
        "reload_time_file",
        "reload_repeat",
        "reload_file",
        "config_save_dir",
        "tmp_config_directory",
        "data_use_instance",
        "umask",
        "random_seed",
        "use_symlink_paths",
        "process_names",
        "process_name",
        "vrrp_process_name");
    rows.add(
        works(
            "include_check", Shape.WORDS, "Which missing includes are errors, to the file's end."));
    each(
        rows,
        Status.IGNORED,
        LVS,
        "lvs_sync_daemon",
        "lvs_timeouts",
        "lvs_flush",
        "lvs_flush_on_stop",
        "lvs_notify_fifo",
        "lvs_notify_fifo_script",
        "lvs_netlink_cmd_rcv_bufs",
        "lvs_netlink_cmd_rcv_bufs_force",
        "lvs_netlink_monitor_rcv_bufs",
        "lvs_netlink_monitor_rcv_bufs_force",
        "checker_process_name",
        "checker_priority",
        "checker_rt_priority",
        "checker_no_swap",
        "checker_cpu_affinity",
        "checker_rlimit_rttime",
        "checker_rlimit_rtime",
        "checker_log_all_failures",
        "smtp_alert_checker",
        "no_checker_emails",
        "rs_init_notifies",
        "nftables_ipvs",
        "nftables_ipvs_priority",
        "nftables_ipvs_start_fwmark",
        "iproute_usr_dir",
        "iproute_etc_dir");
    each(
        rows,
        Status.IGNORED,
        BFD,
        "bfd_process_name",
        "bfd_priority",
        "bfd_rt_priority",
        "bfd_no_swap",
        "bfd_cpu_affinity",
        "bfd_rlimit_rttime",
        "bfd_rlimit_rtime");
    return List.copyOf(rows);
  }

  private static void each(List<Keyword> rows, Status status, String remark, String... names) {
    for (String name : names) {
      rows.add(new Keyword(Block.GLOBAL_DEFS, name, status, Shape.WORDS, null, remark));
    }
  }

  private static Keyword works(String name, Shape shape, String remark) {
    return new Keyword(Block.GLOBAL_DEFS, name, Status.WORKS, shape, null, remark);
  }

  private static Keyword ignored(String name, Shape shape, String remark) {
    return new Keyword(Block.GLOBAL_DEFS, name, Status.IGNORED, shape, null, remark);
  }

  private static Keyword none(String name, Shape shape, String remark) {
    return new Keyword(Block.GLOBAL_DEFS, name, Status.UNSUPPORTED, shape, null, remark);
  }
}
