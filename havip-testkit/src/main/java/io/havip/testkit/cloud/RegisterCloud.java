package io.havip.testkit.cloud;

import io.havip.core.check.Sighting;
import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudMember;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import io.havip.spi.cloud.Observation;
import io.havip.spi.cloud.TakeoverRequest;
import io.havip.testkit.sim.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A simulated cloud in which calls move the address: one register for each. */
public abstract sealed class RegisterCloud extends SimCloud permits OneCallCloud, TwoCallCloud {

  private final Map<IpAddress, List<Entry>> registers = new HashMap<>();
  private final List<CloudChange> changes = new ArrayList<>();

  private final Map<String, List<Long>> arrivals = new HashMap<>();
  private boolean forgetful;
  private boolean timeless;

  RegisterCloud(Simulation sim) {
    super(sim);
  }

  @Override
  public CloudBinding member(String member) {
    return new RegisterBinding(this, member);
  }

  @Override
  void faultsChanged() {}

  @Override
  public final boolean showsWrites() {
    return true;
  }

  /**
   * What a register holds from a time on.
   *
   * @param since virtual nanoseconds
   * @param holder the member, or null for nobody
   * @param revision rises with every change
   * @param epoch rises with every holder
   */
  record Entry(long since, @Nullable String holder, long revision, long epoch) {}

  /**
   * Makes an address known, held by nobody.
   *
   * @param address the address
   * @return this
   */
  public RegisterCloud register(IpAddress address) {
    registers.put(address, new ArrayList<>(List.of(new Entry(Long.MIN_VALUE, null, 1, 0))));
    return this;
  }

  final void forgets() {
    forgetful = true;
  }

  final boolean forgetting() {
    return forgetful;
  }

  final void stopsCounting() {
    timeless = true;
  }

  /** {@return every change of a mapping, in the order in which they took effect} */
  public List<CloudChange> changes() {
    return Collections.unmodifiableList(changes);
  }

  /**
   * Moves an address by hand, as a person at the console would.
   *
   * @param address a registered address
   * @param member the new holder; empty for nobody
   */
  public void console(IpAddress address, Optional<String> member) {
    set(address, member.orElse(null), "console", sim.now());
  }

  @Override
  public Optional<String> holder(IpAddress address) {
    return Optional.ofNullable(entry(address)).map(Entry::holder);
  }

  /** {@return the register as it is, or null if the address is unknown} */
  @Nullable Entry entry(IpAddress address) {
    List<Entry> entries = registers.get(address);
    return entries == null ? null : entries.getLast();
  }

  void set(IpAddress address, @Nullable String holder, String by, Duration asked) {
    List<Entry> entries = registers.get(address);
    if (entries == null) {
      throw new IllegalArgumentException(address + " is not registered");
    }
    Entry last = entries.getLast();
    long epoch = holder == null || timeless ? last.epoch() : last.epoch() + 1;
    Optional<String> taken = forgetful ? Optional.empty() : Optional.ofNullable(last.holder());
    entries.add(new Entry(sim.nanos(), holder, last.revision() + 1, epoch));
    changes.add(
        new CloudChange(
            sim.now(),
            asked,
            by,
            address,
            Optional.ofNullable(last.holder()),
            Optional.ofNullable(holder),
            epoch));
    sim.sighted(
        new Sighting.CloudWrite(
            sim.nanos(),
            asked.toNanos(),
            by,
            address,
            taken,
            Optional.ofNullable(holder),
            capabilities().epochs() ? OptionalLong.of(epoch) : OptionalLong.empty()));
    sim.cloudChanged();
  }

  abstract CloudResult<Move> takeover(String member, TakeoverRequest request, Duration asked);

  /**
   * Counts a request that arrived.
   *
   * @return false if it is one too many in this second
   */
  boolean withinRate(String member) {
    List<Long> times = arrivals.computeIfAbsent(member, m -> new ArrayList<>());
    long now = sim.nanos();
    times.removeIf(t -> t <= now - 1_000_000_000L);
    times.add(now);
    return times.size() <= capabilities().callsPerSecond();
  }

  /** {@return the cloud's name of a member} */
  static CloudMember id(String member) {
    return new CloudMember("ins-" + member, "eni-" + member);
  }

  Observation describe(String member, IpAddress address) {
    List<Entry> entries = registers.get(address);
    if (entries == null) {
      return new Observation.Unknown(unknownAddress("describe", address));
    }
    long shown = sim.nanos() - faults().stale().toNanos();
    Entry entry = entries.getFirst();
    for (Entry each : entries) {
      entry = each.since() <= shown ? each : entry;
    }
    Observation.Details details = details(entry);
    String holder = entry.holder();
    return holder == null
        ? new Observation.Nobody(details)
        : new Observation.HeldBy(id(holder), holder.equals(member), details);
  }

  /** What this kind of cloud tells of an entry. */
  abstract Observation.Details details(Entry entry);

  CloudResult<Move> relinquish(String member, IpAddress address, Duration asked) {
    Entry entry = entry(address);
    if (entry == null) {
      return new CloudResult.Failed<>(unknownAddress("relinquish", address));
    }
    if (member.equals(entry.holder())) {
      set(address, null, member, asked);
    }
    return new CloudResult.Done<>(Move.COMPLETE);
  }
}
