package io.havip.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.net.VirtualAddress;
import io.havip.spi.AddressBinder;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.testkit.contract.PlatformFixture.Ability;
import io.havip.testkit.contract.PlatformFixture.Host;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The rules of {@link AddressBinder}. */
public abstract class AddressBinderContract extends SeamContract {

  /** For subclasses. */
  protected AddressBinderContract() {}

  private AddressBinder binder() {
    return platform().addresses();
  }

  private Outcome add(String interfaceName, VirtualAddress address) {
    return call(() -> binder().add(interfaceName, address));
  }

  private Outcome remove(String interfaceName, VirtualAddress address) {
    return call(() -> binder().remove(interfaceName, address));
  }

  private VirtualAddress address() {
    return env().freeAddress(anyFamily());
  }

  /** The host answers once add returns. */
  @Test
  public void b1_theHostAnswersForAnAddedAddress() {
    for (IpFamily family : env().families()) {
      VirtualAddress address = env().freeAddress(family);
      assertFalse(answered(address.address()), () -> address + " is on a host already");
      assertEquals(Outcome.DONE, add(eth(), address));
      assertTrue(answered(address.address()), () -> "nobody answers for " + address);
    }
  }

  /** Adding twice is adding once. */
  @Test
  public void b2_addIsIdempotent() {
    for (IpFamily family : env().families()) {
      VirtualAddress address = env().freeAddress(family);
      assertEquals(Outcome.DONE, add(eth(), address));
      assertEquals(Outcome.DONE, add(eth(), address));
      assertTrue(answered(address.address()));
      assertEquals(Outcome.DONE, remove(eth(), address));
      assertFalse(answered(address.address()), "one removal undoes two additions");
    }
  }

  /** The host is silent once remove returns. */
  @Test
  public void b3_theHostIsSilentAboutARemovedAddress() {
    for (IpFamily family : env().families()) {
      VirtualAddress address = env().freeAddress(family);
      assertEquals(Outcome.DONE, add(eth(), address));
      assertEquals(Outcome.DONE, remove(eth(), address));
      assertFalse(answered(address.address()), () -> "somebody answers for " + address);
    }
  }

  /** Nothing to remove is nothing to do. */
  @Test
  public void b4_removeIsIdempotent() {
    for (IpFamily family : env().families()) {
      VirtualAddress address = env().freeAddress(family);
      assertEquals(Outcome.DONE, remove(eth(), address));
      assertEquals(Outcome.DONE, remove(MISSING, address));
      assertEquals(Outcome.DONE, add(eth(), address));
      assertEquals(Outcome.DONE, remove(eth(), address));
      assertEquals(Outcome.DONE, remove(eth(), address));
    }
  }

  /** A failure is a value that says what was tried where. */
  @Test
  public void b5_addToAMissingInterfaceFails() {
    var failed = assertInstanceOf(Outcome.Failed.class, add(MISSING, address()));
    assertTrue(failed.describe().contains(MISSING), failed::describe);
    assertTrue(failed.describe().contains(address().address().toString()), failed::describe);
  }

  /** An address may name its device. */
  @Test
  public void b6_theDeviceOfAnAddressComesFirst() {
    VirtualAddress address = address().withDevice(eth());
    assertEquals(Outcome.DONE, add(MISSING, address));
    assertTrue(answered(address.address()));
    assertEquals(Outcome.DONE, remove(MISSING, address));
    assertFalse(answered(address.address()));
  }

  /** One member of a host may have an address. */
  @Test
  public void b7_aReservedAddressIsRefusedUntilReleased() {
    IpAddress address = address().address();
    assertEquals(Outcome.DONE, call(() -> binder().reserve(address)));
    assertInstanceOf(Outcome.Failed.class, call(() -> binder().reserve(address)));
    run(() -> {
      binder().release(address);
      binder().release(address);
    });
    assertEquals(Outcome.DONE, call(() -> binder().reserve(address)));
  }

  /** Also among processes; and a reservation ends with its platform. */
  @Test
  public void b7_aReservationHoldsForTheHostAndEndsWithThePlatform() {
    needs(Ability.SECOND_PLATFORM);
    IpAddress address = address().address();
    try (Platform neighbour = env().neighbour()) {
      assertEquals(Outcome.DONE, call(() -> binder().reserve(address)));
      assertInstanceOf(Outcome.Failed.class, reserve(neighbour, address));
      platform().close();
      assertEquals(Outcome.DONE, reserve(neighbour, address));
    }
  }

  /**
   * A host that does not accept packets to an address has it all the same. Told by a VRRP message,
   * the one kind of packet that both platforms can send and receive.
   */
  @Test
  public void b8_packetsAreRefusedOrAcceptedAndTheHostAnswersForTheAddress() {
    for (IpFamily family : env().families()) {
      VirtualAddress address = env().freeAddress(family);
      refuseOrSkip(address.address());
      assertEquals(Outcome.DONE, add(eth(), address));
      try (AdvertTalk talk = new AdvertTalk(env(), family)) {
        assertFalse(taken(talk, address, 1), () -> "packets to " + address + " are taken in");
        assertTrue(answered(address.address()), () -> "nobody answers for " + address);
        talk.sayTo(Host.FIRST, 2);
        await("a packet to another address of the host", () -> heard(talk, 2));
        assertEquals(Outcome.DONE, accept(address.address(), true));
        assertTrue(taken(talk, address, 3), () -> "packets to " + address + " are lost");
        assertEquals(Outcome.DONE, accept(address.address(), false));
        assertEquals(Outcome.DONE, accept(address.address(), false));
        assertFalse(taken(talk, address, 4), () -> "packets to " + address + " are taken in again");
      }
    }
  }

  private Outcome accept(IpAddress address, boolean accepted) {
    return call(() -> binder().acceptPackets(address, accepted));
  }

  private void refuseOrSkip(IpAddress address) {
    Outcome refused = accept(address, false);
    assumeTrue(refused instanceof Outcome.Done, () -> "the platform cannot: " + refused);
  }

  /** Whether the first host takes in a packet of the second one to an address. */
  private boolean taken(AdvertTalk talk, VirtualAddress address, int number) {
    talk.say(Host.SECOND, address.address(), AdvertTalk.HOP_LIMIT, number);
    settle();
    return heard(talk, number);
  }

  private static boolean heard(AdvertTalk talk, int number) {
    return talk.heard(Host.FIRST).stream().anyMatch(m -> m.number() == number);
  }

  private Outcome reserve(Platform platform, IpAddress address) {
    var result = new CompletableFuture<Outcome>();
    platform.execute(() -> result.complete(platform.addresses().reserve(address)));
    await("the loop of the second platform", result::isDone);
    return result.join();
  }
}
