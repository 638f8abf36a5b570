package io.havip.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.MacAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.Link;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.PlatformException;
import io.havip.spi.VirtualMacs;
import io.havip.spi.VirtualMacs.VirtualLink;
import io.havip.testkit.contract.AdvertTalk.Ears;
import io.havip.testkit.contract.PlatformFixture.Ability;
import io.havip.testkit.contract.PlatformFixture.Host;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link VirtualMacs}, for IPv4: an IPv6 address on such an interface is answered for
 * by the same means. Skipped where the platform has none.
 */
public abstract class VirtualMacsContract extends SeamContract {

  private static final String NAME = "havip-vmac";
  private static final String OTHER = "havip-vmac2";
  private static final int VRID = 77;
  private static final MacAddress MAC = MacAddress.virtualRouter(VRID, IpFamily.IPV4);
  private static final MacAddress OTHER_MAC = MacAddress.virtualRouter(VRID + 1, IpFamily.IPV4);

  /** For subclasses. */
  protected VirtualMacsContract() {}

  private VirtualMacs macs() {
    Optional<VirtualMacs> found = platform().virtualMacs();
    assumeTrue(found.isPresent(), "the platform has no virtual MAC addresses");
    return found.orElseThrow();
  }

  private VirtualLink open(String name, MacAddress mac) {
    VirtualMacs macs = macs();
    return call(() -> macs.open(eth(), name, mac));
  }

  private VirtualAddress address() {
    return env().freeAddress(IpFamily.IPV4);
  }

  private IpAddress ip() {
    return address().address();
  }

  /** What the monitor of the tested platform says. */
  private Optional<Link> found(String name) {
    return call(() -> platform().links().find(name));
  }

  private boolean up() {
    return found(NAME).filter(Link::up).isPresent();
  }

  /** An interface that is up and has the address. */
  private VirtualLink serving() {
    VirtualLink link = open(NAME, MAC);
    assertEquals(Outcome.DONE, call(link::raise));
    assertEquals(Outcome.DONE, call(() -> platform().addresses().add(NAME, address())));
    return link;
  }

  /** It is there, known, down and bare. */
  @Test
  public void v1_anOpenedInterfaceIsDownAndBareAndTheMonitorKnowsIt() {
    VirtualMacs macs = macs();
    Optional<Link> known =
        call(() -> {
          macs.open(eth(), NAME, MAC);
          return platform().links().find(NAME);
        });
    assertTrue(known.isPresent(), "the monitor does not know it when open returns");
    assertEquals(MAC, known.get().mac());
    assertFalse(known.get().up(), "it is up before it is raised");
    assertEquals(List.of(), known.get().addresses());
  }

  /** Frames come in by its MAC address and leave with it. */
  @Test
  public void v2_aRaisedInterfaceAcceptsFramesForItsMacAndSendsFromIt() {
    VirtualLink link = serving();
    assertEquals(Outcome.DONE, call(link::raise), "raising twice is raising once");
    assertTrue(up(), "it is not up");
    assertEquals(Outcome.DONE, call(() -> platform().announcer().announce(NAME, ip())));
    await(
        "an announcement from the virtual MAC address",
        () -> env().announced(ip()).equals(Optional.of(MAC)));
    Ears ears = new Ears(platform());
    AdvertPort port = call(() -> platform().adverts().open(NAME, IpFamily.IPV4, ears));
    try (AdvertTalk talk = new AdvertTalk(env(), IpFamily.IPV4)) {
      talk.say(Host.SECOND, ip(), AdvertTalk.HOP_LIMIT, 1);
      await("a message to the virtual MAC address", () -> !ears.heard.isEmpty());
    }
    run(port::close);
  }

  /** Nobody reaches the host by the address any more. */
  @Test
  public void v3_aLoweredInterfaceIsSilent() {
    VirtualLink link = serving();
    assertTrue(answered(ip()), "nobody answers for an address on it");
    assertEquals(Outcome.DONE, call(link::lower));
    assertEquals(Outcome.DONE, call(link::lower), "lowering twice is lowering once");
    assertFalse(up(), "it is not down");
    assertFalse(answered(ip()), "the host answers for an address on it");
  }

  /** The last message of who leaves gets out. */
  @Test
  public void v3_whatWasSentBeforeLoweringLeavesBefore() {
    byte[] message = AdvertTalk.message(1);
    IpAddress source = env().source(Host.FIRST, IpFamily.IPV4);
    try (AdvertTalk talk = new AdvertTalk(env(), IpFamily.IPV4)) {
      VirtualLink link = open(NAME, MAC);
      assertEquals(Outcome.DONE, call(link::raise));
      AdvertPort port =
          call(() -> platform().adverts().open(NAME, IpFamily.IPV4, new Ears(platform())));
      assertEquals(
          Outcome.DONE,
          call(() -> {
            port.send(source, talk.group(), AdvertTalk.HOP_LIMIT, message, message.length);
            return link.lower();
          }));
      await("the message", () -> !talk.heard(Host.SECOND).isEmpty());
    }
  }

  /** Each address leads to one MAC address. */
  @Test
  public void v4_onlyTheVirtualMacAnswersForItsAddress() {
    needs(Ability.ANSWERS);
    serving();
    assertEquals(Set.of(MAC), env().answering(ip()));
    IpAddress own = env().source(Host.FIRST, IpFamily.IPV4);
    assertEquals(Set.of(env().mac(Host.FIRST)), env().answering(own));
  }

  /** A question from the virtual address would move the neighbours' entries to the parent. */
  @Test
  public void v5_theHostDoesNotAskForNeighboursAsTheVirtualAddress() {
    needs(Ability.QUESTIONS);
    serving();
    Set<IpAddress> senders = env().askingFrom(ip());
    assertFalse(senders.isEmpty(), "the host asked nobody");
    assertFalse(senders.contains(ip()), "it asks with the virtual address as its sender");
  }

  /** The parent answers as before, but not while another interface is on it. */
  @Test
  public void v6_theParentIsPutBackWithTheLastInterface() {
    VirtualMacs macs = macs();
    assertEquals(
        Outcome.DONE, call(() -> platform().addresses().add(env().loopbackName(), address())));
    try {
      assumeTrue(answered(ip()), "this kind of host does not answer for addresses elsewhere on it");
      VirtualLink one = call(() -> macs.open(eth(), NAME, MAC));
      VirtualLink two = call(() -> macs.open(eth(), OTHER, OTHER_MAC));
      run(one::close);
      assertFalse(answered(ip()), "the parent was put back too early");
      run(two::close);
      assertTrue(answered(ip()), "the parent is not what it was");
    } finally {
      run(() -> {
        Outcome unused = platform().addresses().remove(env().loopbackName(), address());
      });
    }
  }

  /** What a dead process left is no obstacle, and nothing of it stays. */
  @Test
  public void v7_aLeftOverIsMadeAnew() {
    needs(Ability.SECOND_PLATFORM);
    VirtualMacs macs = macs();
    Platform dead = env().neighbour();
    var done = new CompletableFuture<Outcome>();
    dead.execute(() -> {
      try {
        Outcome raised = dead.virtualMacs().orElseThrow().open(eth(), NAME, MAC).raise();
        done.complete(
            raised instanceof Outcome.Failed ? raised : dead.addresses().add(NAME, address()));
      } catch (RuntimeException e) {
        done.completeExceptionally(e);
      }
    });
    await("the other process", done::isDone);
    assertEquals(Outcome.DONE, done.join());
    assertTrue(answered(ip()));
    run(() -> {
      VirtualLink unused = macs.open(eth(), NAME, MAC);
    });
    assertFalse(up(), "the left-over is still up");
    assertFalse(answered(ip()), "the address of the left-over is still there");
  }

  /** What belongs to somebody else is not touched. */
  @Test
  public void v7_anInterfaceOfSomebodyElseAndAMissingParentAreRefused() {
    VirtualMacs macs = macs();
    assertNames(eth(), () -> macs.open(eth(), eth(), MAC));
    assertNames(MISSING, () -> macs.open(MISSING, NAME, MAC));
    assertTrue(found(eth()).isPresent(), "an interface of somebody else was removed");
    assertTrue(found(NAME).isEmpty(), "an interface without a parent was made");
  }

  private void assertNames(String name, Runnable code) {
    PlatformException refused = assertThrows(PlatformException.class, () -> run(code));
    assertTrue(refused.getMessage().contains(name), refused::getMessage);
  }

  /** Who removes it does not stop the router. */
  @Test
  public void v8_anInterfaceThatSomebodyRemovedIsMadeAnewWhenRaised() {
    needs(Ability.LINK_REMOVAL);
    VirtualLink link = open(NAME, MAC);
    assertEquals(Outcome.DONE, call(link::raise));
    assertEquals(Outcome.DONE, call(link::lower));
    env().removeLink(NAME);
    await("the monitor to know", () -> found(NAME).isEmpty());
    assertEquals(Outcome.DONE, call(link::raise));
    assertTrue(up(), "it is not there, or not up");
    assertEquals(MAC, found(NAME).orElseThrow().mac());
  }

  /** Nothing of it stays. */
  @Test
  public void v9_closeRemovesTheInterface() {
    VirtualLink link = serving();
    run(() -> {
      link.close();
      link.close();
    });
    assertTrue(found(NAME).isEmpty(), "the interface is still there");
    assertFalse(answered(ip()), "the host answers for an address that was on it");
  }

  /** The end of the platform is the end of its interfaces. */
  @Test
  public void v9_theEndOfThePlatformRemovesTheInterface() {
    serving();
    platform().close();
    assertFalse(answered(ip()), "the host answers for an address that was on it");
  }
}
