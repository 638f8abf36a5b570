package io.havip;

import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.wire.ChecksumForm;
import io.havip.wire.VrrpAuth;
import io.havip.wire.VrrpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link VirtualRouterConfig}. Values are checked together by {@link #build}. Not
 * thread-safe.
 */
public final class VirtualRouterConfigBuilder {

  private final String name;
  private @Nullable String interfaceName;
  private int vrid;
  private VrrpVersion version = VrrpVersion.V3;
  private int priority = 100;
  private Duration advertInterval = Duration.ofSeconds(1);
  private final List<VirtualAddress> addresses = new ArrayList<>();
  private final List<VirtualAddress> excludedAddresses = new ArrayList<>();
  private Transport transport = Transport.Multicast.DEFAULT;
  private VrrpAuth authentication = VrrpAuth.NONE;
  private Preemption preemption = Preemption.AT_ONCE;
  private int downMultiplier = 3;
  private Announcements announcements = Announcements.DEFAULT;
  private ChecksumForm checksum = ChecksumForm.PSEUDO_HEADER;
  private boolean replyToLowerPriority = true;
  private boolean adviseHigherPriority = true;
  private final List<Track> tracks = new ArrayList<>();
  private boolean trackOwnInterface = true;
  private @Nullable Takeover takeover;
  private @Nullable Handover handover;
  private boolean acceptOldChecksum;
  private @Nullable VirtualMac virtualMac;
  private boolean localAddresses = true;
  private @Nullable CloudConfig cloud;
  private Notifications notifications = Notifications.NONE;
  private Duration quickClaim = Duration.ofMillis(3);
  private boolean awaitInterface;
  private boolean acceptMode = true;
  private boolean ownerListens = true;

  VirtualRouterConfigBuilder(String name) {
    this.name = name;
  }

  VirtualRouterConfigBuilder(VirtualRouterConfig config) {
    name = config.name();
    interfaceName = config.interfaceName();
    vrid = config.vrid();
    version = config.version();
    priority = config.priority();
    advertInterval = config.advertInterval();
    addresses.addAll(config.addresses());
    excludedAddresses.addAll(config.excludedAddresses());
    transport = config.transport();
    authentication = config.authentication();
    preemption = config.preemption();
    downMultiplier = config.downMultiplier();
    announcements = config.announcements();
    checksum = config.checksum();
    replyToLowerPriority = config.replyToLowerPriority();
    adviseHigherPriority = config.adviseHigherPriority();
    tracks.addAll(config.tracks());
    trackOwnInterface = config.trackOwnInterface();
    takeover = config.takeover().orElse(null);
    handover = config.handover().orElse(null);
    acceptOldChecksum = config.acceptOldChecksum();
    virtualMac = config.virtualMac().orElse(null);
    localAddresses = config.localAddresses();
    cloud = config.cloud().orElse(null);
    notifications = config.notifications();
    quickClaim = config.quickClaim();
    awaitInterface = config.awaitInterface();
    acceptMode = config.acceptMode();
    ownerListens = config.ownerListens();
  }

  /**
   * The interface on which the members meet. Required.
   *
   * @param value its name, such as {@code eth0}
   * @return this
   */
  public VirtualRouterConfigBuilder interfaceName(String value) {
    interfaceName = value;
    return this;
  }

  /**
   * The VRID. Required.
   *
   * @param value 1 to 255
   * @return this
   */
  public VirtualRouterConfigBuilder vrid(int value) {
    vrid = value;
    return this;
  }

  /**
   * The VRRP version, 3 by default.
   *
   * @param value the same on all members
   * @return this
   */
  public VirtualRouterConfigBuilder version(VrrpVersion value) {
    version = value;
    return this;
  }

  /**
   * The priority, 100 by default; the highest is elected.
   *
   * @param value 1 to 254, or 255 for the owner of the addresses
   * @return this
   */
  public VirtualRouterConfigBuilder priority(int value) {
    priority = value;
    return this;
  }

  /**
   * Time between adverts, one second by default.
   *
   * @param value see {@link VirtualRouterConfig#advertInterval()}
   * @return this
   */
  public VirtualRouterConfigBuilder advertInterval(Duration value) {
    advertInterval = value;
    return this;
  }

  /**
   * Adds an address that the group shares. At least one is required.
   *
   * @param value an address with an optional prefix length, such as {@code 10.0.0.3/24}; without
   *     one it is a host's own, 32 or 128, which makes no route. A name is not looked up
   * @return this
   * @throws HavipConfigException if it is no such address
   */
  public VirtualRouterConfigBuilder address(String value) {
    try {
      return address(VirtualAddress.parse(value));
    } catch (IllegalArgumentException e) {
      throw new HavipConfigException("virtual router \"" + name + "\": " + e.getMessage());
    }
  }

  /**
   * Adds an address that the group shares.
   *
   * @param value the address with prefix, device, label and scope
   * @return this
   */
  public VirtualRouterConfigBuilder address(VirtualAddress value) {
    addresses.add(value);
    return this;
  }

  /**
   * Adds an address that moves along without being advertised.
   *
   * @param value the address
   * @return this
   */
  public VirtualRouterConfigBuilder excludedAddress(VirtualAddress value) {
    excludedAddresses.add(value);
    return this;
  }

  /**
   * How adverts travel, multicast by default.
   *
   * @param value multicast or unicast
   * @return this
   */
  public VirtualRouterConfigBuilder transport(Transport value) {
    transport = value;
    return this;
  }

  /**
   * Sends adverts to the given peers instead of a multicast group, and refuses other senders. Name
   * every other member: one that is left out hears nothing and elects itself.
   *
   * @param source this member's own address on the interface, not the shared one
   * @param peers the addresses of all other members
   * @return this
   * @throws HavipConfigException if one of them is no IP address; a name is not looked up
   */
  public VirtualRouterConfigBuilder unicast(String source, String... peers) {
    try {
      List<IpAddress> parsed = new ArrayList<>();
      for (String peer : peers) {
        parsed.add(IpAddress.parse(peer));
      }
      return transport(Transport.Unicast.to(IpAddress.parse(source), parsed));
    } catch (IllegalArgumentException e) {
      throw new HavipConfigException("virtual router \"" + name + "\": " + e.getMessage());
    }
  }

  /**
   * VRRPv2 authentication, none by default.
   *
   * @param value the same on all members
   * @return this
   */
  public VirtualRouterConfigBuilder authentication(VrrpAuth value) {
    authentication = value;
    return this;
  }

  /**
   * Whether to take over from a live member of lower priority, at once by default.
   *
   * @param value at once, after a delay, or never
   * @return this
   */
  public VirtualRouterConfigBuilder preemption(Preemption value) {
    preemption = value;
    return this;
  }

  /**
   * How many intervals of silence, and the skew besides, make a BACKUP take over; 3 by default, as
   * in RFC 9568 (Active_Down_Interval).
   *
   * @param value 1 to 100; less than 3 mistakes a late advert for a death more often
   * @return this
   */
  public VirtualRouterConfigBuilder downMultiplier(int value) {
    downMultiplier = value;
    return this;
  }

  /**
   * When to announce the addresses, Keepalived's rhythm by default.
   *
   * @param value the schedule
   * @return this
   */
  public VirtualRouterConfigBuilder announcements(Announcements value) {
    announcements = value;
    return this;
  }

  /**
   * The checksum form of sent version 3 adverts over IPv4, with pseudo header by default as
   * Keepalived and FRR send it.
   *
   * @param value the form
   * @return this
   */
  public VirtualRouterConfigBuilder checksum(ChecksumForm value) {
    checksum = value;
    return this;
  }

  /**
   * Whether an ACTIVE member answers adverts of lower priority, true by default.
   *
   * @param value false for Keepalived's {@code lower_prio_no_advert}
   * @return this
   */
  public VirtualRouterConfigBuilder replyToLowerPriority(boolean value) {
    replyToLowerPriority = value;
    return this;
  }

  /**
   * Whether to send one last advert before yielding to a higher priority, true by default. After a
   * partition it is the only thing that tells the winner to announce the addresses again.
   *
   * @param value false for what Keepalived does unless {@code higher_prio_send_advert} is given
   * @return this
   */
  public VirtualRouterConfigBuilder adviseHigherPriority(boolean value) {
    adviseHigherPriority = value;
    return this;
  }

  /**
   * How soon this member may take over after a resignation, given as the longest round trip among
   * the members; 3 ms by default. When the ACTIVE member resigns, or a guardian resigns for one
   * that died, this member waits a little less than three round trips at most, the less the higher
   * its priority, and asks the link whether anybody still answers for the first address. If all is
   * silent for one round trip and no advert was heard, it is ACTIVE, and binds the addresses one
   * round trip later unless a better member has claimed them at the same moment. An answer or an
   * advert leaves Skew_Time in force, and a takeover is never later than by it. Members of other
   * makes need not know of this.
   *
   * @param roundTrip the longest time from an advert or a question to its answer, lateness of the
   *     process included; longer is safer and slower. Zero waits for Skew_Time as RFC 9568 says
   * @return this
   */
  public VirtualRouterConfigBuilder quickClaim(Duration roundTrip) {
    quickClaim = roundTrip;
    return this;
  }

  /**
   * Replaces all dependencies, as a program does that runs a file's checks in its own way.
   *
   * @param values what the router depends on
   * @return this
   */
  public VirtualRouterConfigBuilder tracks(List<Track> values) {
    tracks.clear();
    tracks.addAll(values);
    return this;
  }

  /**
   * Adds something the router depends on.
   *
   * @param value a check, an interface or a file with its weight
   * @return this
   */
  public VirtualRouterConfigBuilder track(Track value) {
    tracks.add(value);
    return this;
  }

  /**
   * Adds a health check whose failure makes this member give up the addresses: every second, of
   * which it may last one, and each result counts at once. {@link HealthCheckConfig} has other
   * rhythms and hysteresis.
   *
   * @param checkName names the check
   * @param probe tells whether this member is fit
   * @return this
   */
  public VirtualRouterConfigBuilder healthCheck(String checkName, HealthCheck.Probe probe) {
    return healthCheck(HealthCheckConfig.of(checkName, probe));
  }

  /**
   * Adds a health check whose failure makes this member give up the addresses.
   *
   * @param check the check with its rhythm and hysteresis
   * @return this
   */
  public VirtualRouterConfigBuilder healthCheck(HealthCheckConfig check) {
    return track(new Track.Check(check, 0, false));
  }

  /**
   * Whether the own interface going down is a FAULT, true by default.
   *
   * @param value false for Keepalived's {@code dont_track_primary}
   * @return this
   */
  public VirtualRouterConfigBuilder trackOwnInterface(boolean value) {
    trackOwnInterface = value;
    return this;
  }

  /**
   * What the application does before the addresses are bound; nothing by default.
   *
   * @param callback what to do
   * @param timeout longest time it may take, positive and at most 365 days; after it the router
   *     resigns
   * @return this
   */
  public VirtualRouterConfigBuilder beforeServing(Takeover.Callback callback, Duration timeout) {
    takeover = new Takeover(callback, timeout);
    return this;
  }

  /**
   * What the application does when it stops serving; nothing by default. When this member leaves of
   * its own accord, the callback runs while it is still ACTIVE; when it lost the addresses, the
   * callback runs afterwards. {@link Handover} says when exactly.
   *
   * @param callback what to do
   * @param timeout longest time for which leaving waits for it, positive and at most an hour
   * @return this
   */
  public VirtualRouterConfigBuilder beforeLeaving(Handover.Callback callback, Duration timeout) {
    handover = new Handover(callback, timeout);
    return this;
  }

  /**
   * Whether unicast adverts of Keepalived up to 1.3.6 are accepted too, false by default: their
   * checksum does not prove to whom they were sent.
   *
   * @param value true for {@code old_unicast_checksum} of the peers
   * @return this
   */
  public VirtualRouterConfigBuilder acceptOldChecksum(boolean value) {
    acceptOldChecksum = value;
    return this;
  }

  /**
   * Moves the addresses with a MAC address of their own, as FRR does; by default they have that of
   * the interface they are on.
   *
   * @param value how, for example {@link VirtualMac#DEFAULT}
   * @return this
   */
  public VirtualRouterConfigBuilder virtualMac(VirtualMac value) {
    virtualMac = value;
    return this;
  }

  /**
   * Whether the ACTIVE member binds and announces the addresses, true by default.
   *
   * @param value false to elect only: adverts still carry the addresses, and something else moves
   *     them, such as a cloud that ignores ARP
   * @return this
   */
  public VirtualRouterConfigBuilder localAddresses(boolean value) {
    localAddresses = value;
    return this;
  }

  /**
   * Makes a cloud's mapping of the advertised addresses follow the election. By default none does.
   *
   * @param value the binding, its rhythm and its policy
   * @return this
   */
  public VirtualRouterConfigBuilder cloud(CloudConfig value) {
    cloud = value;
    return this;
  }

  /**
   * Which commands are told of the router; none by default.
   *
   * @param value the commands
   * @return this
   */
  public VirtualRouterConfigBuilder notifications(Notifications value) {
    notifications = value;
    return this;
  }

  /**
   * Whether the interface may appear after the start, false by default: a name that no interface
   * has is most often misspelt.
   *
   * @param value true to begin in FAULT if the interface does not exist, and to take part once it
   *     does. An interface that vanishes later is awaited either way
   * @return this
   */
  public VirtualRouterConfigBuilder awaitInterface(boolean value) {
    awaitInterface = value;
    return this;
  }

  /**
   * Accept_Mode: whether the ACTIVE member takes packets to the addresses in. True by default,
   * other than in RFC 9568 section 6.1, because a service on a virtual address needs it; Keepalived
   * has the same default.
   *
   * @param value false for addresses that hosts use as their gateway and nothing else: the ACTIVE
   *     member answers ARP and neighbour solicitations for them, and drops all other packets to
   *     them. Has no effect on the owner, priority 255
   * @return this
   */
  public VirtualRouterConfigBuilder acceptMode(boolean value) {
    acceptMode = value;
    return this;
  }

  /**
   * Whether the owner of the addresses, priority 255, heeds adverts of others, true by default. It
   * yields to another owner with a higher address only (RFC 9568 section 6.4.3), which is there by
   * a mistake.
   *
   * @param value false for an owner that ignores all adverts and never yields. Has no effect on
   *     other members
   * @return this
   */
  public VirtualRouterConfigBuilder ownerListens(boolean value) {
    ownerListens = value;
    return this;
  }

  /**
   * Checks everything and builds.
   *
   * @return the checked configuration
   * @throws HavipConfigException naming the router, the setting, the value found and the values
   *     allowed
   */
  public VirtualRouterConfig build() {
    if (interfaceName == null) {
      throw new HavipConfigException("virtual router \"" + name + "\": no interface is given");
    }
    return new VirtualRouterConfig(
        name,
        interfaceName,
        vrid,
        version,
        priority,
        advertInterval,
        addresses,
        excludedAddresses,
        transport,
        authentication,
        preemption,
        downMultiplier,
        announcements,
        checksum,
        replyToLowerPriority,
        adviseHigherPriority,
        tracks,
        trackOwnInterface,
        Optional.ofNullable(takeover),
        Optional.ofNullable(handover),
        acceptOldChecksum,
        Optional.ofNullable(virtualMac),
        localAddresses,
        Optional.ofNullable(cloud),
        notifications,
        quickClaim,
        awaitInterface,
        acceptMode,
        ownerListens);
  }
}
