package io.havip.linux.internal;

import io.havip.linux.child.HolderMain;
import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.MacAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Fence;
import io.havip.spi.FenceOptions;
import io.havip.spi.FenceOptions.Use;
import io.havip.spi.GuardedRouter;
import io.havip.spi.Platform;
import io.havip.testkit.contract.PlatformFixture;
import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Capture;
import io.havip.testkit.lab.Frame;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.LabTimeoutException;
import io.havip.testkit.lab.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Two network namespaces on a bridge, each with a platform of its own for every test; that of the
 * first is perhaps broken on purpose.
 */
final class LabPlatformFixture implements PlatformFixture {

  private static final Duration START = Duration.ofSeconds(20);
  private static final String NOBODY = "172.17.16.200";
  private static final String HELD = "held ";
  private static final String HIDDEN = "hidden0";

  private static final FenceOptions STALL_FENCE = new FenceOptions(Use.OFF, Use.REQUIRED, Use.OFF);

  private final Member first;
  private final Platform tested;
  private final Member second;
  private final Capture capture;
  private final long since = System.nanoTime();
  private final List<Member> neighbours = new ArrayList<>();
  private @Nullable LabProcess mortal;
  private boolean down;
  private boolean hidden;

  LabPlatformFixture(LabHost first, LabHost second, Capture capture, UnaryOperator<Platform> wrap) {
    this.first = new Member(first, STALL_FENCE);
    tested = wrap.apply(this.first.platform);
    this.second = new Member(second);
    this.capture = capture;
  }

  private Member member(Host host) {
    return host == Host.FIRST ? first : second;
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.of(
        Ability.THREADS,
        Ability.STALL,
        Ability.KILL,
        Ability.GATE,
        Ability.LINK_STATE,
        Ability.PRESENCE,
        Ability.FOREIGN_REMOVAL,
        Ability.SECOND_PLATFORM,
        Ability.ANSWERS,
        Ability.QUESTIONS,
        Ability.LINK_REMOVAL);
  }

  @Override
  public Bounds bounds() {
    return new Bounds(Duration.ofSeconds(2), Duration.ofMillis(200), Duration.ofSeconds(10));
  }

  @Override
  public Set<IpFamily> families() {
    return EnumSet.allOf(IpFamily.class);
  }

  @Override
  public Platform platform(Host host) {
    return host == Host.FIRST ? tested : second.platform;
  }

  @Override
  public String interfaceName() {
    return LabHost.INTERFACE;
  }

  @Override
  public String loopbackName() {
    return "lo";
  }

  @Override
  public IpAddress source(Host host, IpFamily family) {
    return switch (family) {
      case IPV4 -> member(host).address();
      case IPV6 -> member(host).linkLocal();
    };
  }

  @Override
  public MacAddress mac(Host host) {
    return MacAddress.parse(member(host).host.mac());
  }

  @Override
  public VirtualAddress freeAddress(IpFamily family) {
    return VirtualAddress.parse(family == IpFamily.IPV4 ? "172.17.16.50/32" : "fd00::50/64");
  }

  @Override
  public Optional<MacAddress> announced(IpAddress address) {
    capture.drain();
    return capture
        .frames(frame -> frame.nanos() >= since && frame.isAnnouncement(address.toString()))
        .stream()
        .reduce((earlier, later) -> later)
        .map(frame ->
            switch (frame.packet()) {
              case Packet.Arp arp -> arp.senderMac();
              case Packet.NeighborAdvertisement advertisement -> advertisement.targetMac();
              default -> throw new AssertionError(frame + " announces nothing");
            })
        .map(MacAddress::parse);
  }

  @Override
  public <T> T call(Host host, Supplier<T> code) {
    return member(host).call(code::get);
  }

  @Override
  public void await(String what, BooleanSupplier condition) {
    try {
      Await.until(what, bounds().patience(), condition);
    } catch (LabTimeoutException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  @Override
  public void pass(Duration length) {
    try {
      TimeUnit.NANOSECONDS.sleep(length.toNanos());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void stall(Runnable before, Runnable meanwhile) {
    CountDownLatch free = new CountDownLatch(1);
    CountDownLatch stuck = new CountDownLatch(1);
    first.platform.execute(() -> {
      before.run();
      stuck.countDown();
      await(free);
    });
    await(stuck);
    try {
      meanwhile.run();
    } finally {
      free.countDown();
    }
  }

  private void await(CountDownLatch latch) {
    try {
      if (!latch.await(bounds().patience().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("a stalled loop waited for nobody");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A process of its own, with the fences that a node has by default. */
  @Override
  public Fence holdInMortalProcess(GuardedRouter router) {
    VirtualAddress address = router.addresses().getFirst();
    mortal =
        first.host.startJava(
            List.of("--enable-native-access=ALL-UNNAMED", "-Xmx64m", "-XX:+UseSerialGC"),
            HolderMain.class,
            router.interfaceName(),
            address.address() + "/" + address.prefixLength(),
            router.interval().toString(),
            router.patience().toString());
    String held = mortal.awaitLine(line -> line.startsWith(HELD), START).text();
    return new Fence.OnExit(Duration.parse(held.substring(HELD.length())));
  }

  @Override
  public void kill() {
    long _ = mortal.kill();
  }

  @Override
  public void setUp(boolean up) {
    down = !up;
    var _ = up ? first.host.linkUp() : first.host.linkDown();
  }

  /** To a watch by name an interface of another name is none. */
  @Override
  public void setPresent(boolean present) {
    if (present) {
      ip("set", HIDDEN, "name", LabHost.INTERFACE);
      hidden = false;
      setUp(true);
    } else {
      setUp(false);
      ip("set", LabHost.INTERFACE, "name", HIDDEN);
      hidden = true;
    }
  }

  private void ip(String... words) {
    List<String> command = new ArrayList<>(List.of("ip", "link"));
    command.addAll(List.of(words));
    String _ = first.host.exec(command.toArray(String[]::new));
  }

  @Override
  public void removeAddress(VirtualAddress address) {
    first.host.removeAddress(address.address() + "/" + address.prefixLength());
  }

  @Override
  public Platform neighbour() {
    Member member = new Member(first.host);
    neighbours.add(member);
    return member.platform;
  }

  @Override
  public Set<MacAddress> answering(IpAddress address) {
    return second.host.allArpAnswers(address.toString()).stream()
        .map(MacAddress::parse)
        .collect(Collectors.toSet());
  }

  @Override
  public Set<IpAddress> askingFrom(IpAddress source) {
    long asked = System.nanoTime();
    var _ = first.host.tryExec("ping", "-c1", "-W1", "-I", source.toString(), NOBODY);
    Predicate<Frame> question =
        frame ->
            frame.nanos() >= asked
                && frame.packet() instanceof Packet.Arp arp
                && arp.targetIp().equals(NOBODY);
    var _ = capture.awaitFrame("a question for " + NOBODY, question, bounds().patience());
    return capture.frames(question).stream()
        .map(frame -> IpAddress.parse(((Packet.Arp) frame.packet()).senderIp()))
        .collect(Collectors.toSet());
  }

  @Override
  public void removeLink(String name) {
    ip("del", name);
  }

  @Override
  public void close() {
    neighbours.forEach(Member::close);
    if (mortal != null) {
      mortal.close();
    }
    first.close();
    second.close();
    if (hidden) {
      setPresent(true);
    } else if (down) {
      setUp(true);
    }
  }
}
