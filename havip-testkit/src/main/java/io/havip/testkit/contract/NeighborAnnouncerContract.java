package io.havip.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.spi.Outcome;
import io.havip.testkit.contract.PlatformFixture.Ability;
import io.havip.testkit.contract.PlatformFixture.Host;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The rules of {@link io.havip.spi.NeighborAnnouncer}. */
public abstract class NeighborAnnouncerContract extends SeamContract {

  /** The end of a probe. */
  private record Ended(boolean answered, long at, boolean inLoop) {}

  private final List<Ended> ends = new CopyOnWriteArrayList<>();

  /** For subclasses. */
  protected NeighborAnnouncerContract() {}

  private Outcome announce(String interfaceName, IpAddress address) {
    return call(() -> platform().announcer().announce(interfaceName, address));
  }

  /** Asks on the loop; returns how many answers came within the call. */
  private int probe(String interfaceName, IpAddress address, long until) {
    return call(() -> {
      platform()
          .announcer()
          .probe(
              interfaceName,
              address,
              until,
              answered -> ends.add(new Ended(answered, now(), platform().inLoop())));
      return ends.size();
    });
  }

  private long later() {
    return now() + settleTime().toNanos();
  }

  /** Waits for the end and checks what every end has to be. */
  private Ended end() {
    await("the end of a probe", () -> !ends.isEmpty());
    settle();
    settle();
    assertEquals(1, ends.size(), "a probe ends once");
    assertTrue(ends.getFirst().inLoop(), "the end of a probe is told on the loop");
    return ends.getFirst();
  }

  /** Everybody learns the right MAC address. */
  @Test
  public void n1_anAnnouncementNamesTheMacOfTheInterface() {
    for (IpFamily family : env().families()) {
      IpAddress address = env().freeAddress(family).address();
      assertEquals(Optional.empty(), env().announced(address));
      assertEquals(Outcome.DONE, announce(eth(), address));
      await("an announcement of " + address, () -> env().announced(address).isPresent());
      assertEquals(Optional.of(env().mac(Host.FIRST)), env().announced(address));
    }
  }

  private void refuses(String interfaceName) {
    IpAddress address = env().freeAddress(anyFamily()).address();
    var failed =
        assertInstanceOf(Outcome.Failed.class, announce(interfaceName, address), interfaceName);
    assertTrue(failed.describe().contains(interfaceName), failed::describe);
    settle();
    assertEquals(Optional.empty(), env().announced(address), "nothing may leave");
  }

  /** Where nobody would hear it, an announcement is refused. */
  @Test
  public void n2_loopbackAndMissingInterfacesAreRefused() {
    refuses(env().loopbackName());
    refuses(MISSING);
  }

  /** A MAC address of zeros would be a black hole. */
  @Test
  public void n2_anInterfaceWithoutMacIsRefused() {
    needs(Ability.ZERO_MAC);
    refuses(env().interfaceWithoutMac());
  }

  /** Who has the address says so. */
  @Test
  public void n3_aProbeIsAnsweredByWhoHasTheAddress() {
    for (IpFamily family : env().families()) {
      VirtualAddress address = env().freeAddress(family);
      ends.clear();
      run(
          Host.SECOND,
          () -> {
            Outcome unused = env().platform(Host.SECOND).addresses().add(eth(), address);
          });
      long until = now() + env().bounds().patience().toNanos();
      int unused = probe(eth(), address.address(), until);
      Ended end = end();
      assertTrue(end.answered(), () -> address + " is on the other host");
      assertTrue(end.at() < until, "an answer ends the probe");
    }
  }

  /** Silence is an answer too, but not before its time. */
  @Test
  public void n4_silenceEndsAProbeAtItsTime() {
    for (IpFamily family : env().families()) {
      ends.clear();
      long until = later();
      int unused = probe(eth(), env().freeAddress(family).address(), until);
      Ended end = end();
      assertEquals(false, end.answered());
      assertTrue(end.at() >= until, () -> (until - end.at()) + " ns early");
      assertTrue(
          end.at() - until <= env().bounds().late().toNanos(),
          () -> (end.at() - until) + " ns late");
    }
  }

  /** A question claims nothing. */
  @Test
  public void n5_aProbeClaimsNothing() {
    for (IpFamily family : env().families()) {
      IpAddress address = env().freeAddress(family).address();
      ends.clear();
      int unused = probe(eth(), address, later());
      Ended end = end();
      assertEquals(false, end.answered());
      assertEquals(Optional.empty(), env().announced(address), "a probe taught the neighbours");
    }
  }

  /** Only others count. */
  @Test
  public void n5_aProbeDoesNotHearItsOwnHost() {
    VirtualAddress address = env().freeAddress(anyFamily());
    run(() -> {
      Outcome unused = platform().addresses().add(eth(), address);
    });
    int unused = probe(eth(), address.address(), later());
    assertEquals(false, end().answered(), "nobody else has the address");
  }

  /** A probe that cannot be sent ends as silence does, and not within the call. */
  @Test
  public void n6_aProbeThatCannotBeSentIsNotAnswered() {
    int within = probe(MISSING, env().freeAddress(anyFamily()).address(), later());
    assertEquals(false, end().answered());
    assertEquals(0, within, "the listener was called within probe()");
  }
}
