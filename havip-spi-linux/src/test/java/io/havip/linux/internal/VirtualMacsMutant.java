package io.havip.linux.internal;

import io.havip.spi.AdvertChannel;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import io.havip.spi.PlatformException;
import io.havip.spi.VirtualMacs;
import io.havip.spi.VirtualMacs.VirtualLink;
import io.havip.testkit.lab.LabHost;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A platform whose virtual MAC addresses break a rule.
 *
 * @param test the test that must notice
 * @param what what it does wrong
 * @param broken breaks it
 */
record VirtualMacsMutant(String test, String what, UnaryOperator<Platform> broken) {

  /** What the host is like without virtual MAC addresses. */
  static final String RELAXED = settings(0, 0);

  @Override
  public String toString() {
    return test + ": " + what;
  }

  static Stream<VirtualMacsMutant> all(Supplier<LabHost> host) {
    return Stream.of(
        opened(
            "v1_anOpenedInterfaceIsDownAndBareAndTheMonitorKnowsIt",
            "it is up at once",
            (sound, open) -> {
              VirtualLink link = open.get();
              Outcome _ = link.raise();
              return link;
            }),
        link(
            "v2_aRaisedInterfaceAcceptsFramesForItsMacAndSendsFromIt",
            "raising does nothing",
            sound ->
                new Altered(sound) {
                  @Override
                  public Outcome raise() {
                    return Outcome.DONE;
                  }
                }),
        link(
            "v3_aLoweredInterfaceIsSilent",
            "lowering does nothing",
            sound ->
                new Altered(sound) {
                  @Override
                  public Outcome lower() {
                    return Outcome.DONE;
                  }
                }),
        new VirtualMacsMutant(
            "v3_whatWasSentBeforeLoweringLeavesBefore",
            "messages leave later",
            VirtualMacsMutant::sendingLater),
        link(
            "v4_onlyTheVirtualMacAnswersForItsAddress",
            "the parent answers too",
            sound ->
                new Altered(sound) {
                  @Override
                  public Outcome raise() {
                    String _ = host.get().exec("sh", "-c", settings(0, 2));
                    return super.raise();
                  }
                }),
        link(
            "v5_theHostDoesNotAskForNeighboursAsTheVirtualAddress",
            "the parent asks as anybody",
            sound ->
                new Altered(sound) {
                  @Override
                  public Outcome raise() {
                    String _ = host.get().exec("sh", "-c", settings(1, 0));
                    return super.raise();
                  }
                }),
        link(
            "v6_theParentIsPutBackWithTheLastInterface",
            "the parent stays as it is",
            sound ->
                new Altered(sound) {
                  @Override
                  public void close() {
                    super.close();
                    String _ = host.get().exec("sh", "-c", settings(1, 2));
                  }
                }),
        link(
            "v6_theParentIsPutBackWithTheLastInterface",
            "the parent is put back with the first",
            sound ->
                new Altered(sound) {
                  @Override
                  public void close() {
                    super.close();
                    String _ = host.get().exec("sh", "-c", RELAXED);
                  }
                }),
        opened(
            "v7_aLeftOverIsMadeAnew",
            "a left-over is used as it is",
            (sound, open) ->
                sound.links().find("havip-vmac").isPresent() ? new Nothing() : open.get()),
        opened(
            "v7_anInterfaceOfSomebodyElseAndAMissingParentAreRefused",
            "a refusal is hidden",
            (sound, open) -> {
              try {
                return open.get();
              } catch (PlatformException _) {
                return new Nothing();
              }
            }),
        link(
            "v8_anInterfaceThatSomebodyRemovedIsMadeAnewWhenRaised",
            "only the first raise counts",
            sound ->
                new Altered(sound) {
                  private boolean raised;

                  @Override
                  public Outcome raise() {
                    Outcome outcome = raised ? Outcome.DONE : super.raise();
                    raised = true;
                    return outcome;
                  }
                }),
        link(
            "v9_closeRemovesTheInterface",
            "closing lowers only",
            sound ->
                new Altered(sound) {
                  @Override
                  public void close() {
                    Outcome _ = lower();
                  }
                }),
        new VirtualMacsMutant(
            "v9_theEndOfThePlatformRemovesTheInterface",
            "the platform does not end",
            sound -> altered(Platform.class, sound, Map.of("close", () -> Optional.empty()))));
  }

  private static String settings(int ignore, int announce) {
    String folder = "/proc/sys/net/ipv4/conf/" + LabHost.INTERFACE;
    return "echo %d > %s/arp_ignore; echo %d > %s/arp_announce"
        .formatted(ignore, folder, announce, folder);
  }

  private static VirtualMacsMutant link(
      String test, String what, UnaryOperator<VirtualLink> change) {
    return opened(test, what, (sound, open) -> change.apply(open.get()));
  }

  private static VirtualMacsMutant opened(
      String test, String what, BiFunction<Platform, Supplier<VirtualLink>, VirtualLink> open) {
    return new VirtualMacsMutant(
        test,
        what,
        sound -> {
          VirtualMacs macs = sound.virtualMacs().orElseThrow();
          VirtualMacs broken =
              (parent, name, mac) -> open.apply(sound, () -> macs.open(parent, name, mac));
          return altered(Platform.class, sound, Map.of("virtualMacs", () -> Optional.of(broken)));
        });
  }

  /** Each message waits for a turn of the loop. */
  private static Platform sendingLater(Platform sound) {
    AdvertChannel channel =
        (interfaceName, family, receiver) -> {
          AdvertPort port = sound.adverts().open(interfaceName, family, receiver);
          return (AdvertPort)
              Proxy.newProxyInstance(
                  AdvertPort.class.getClassLoader(),
                  new Class<?>[] {AdvertPort.class},
                  (self, method, arguments) -> {
                    if (!method.getName().equals("send")) {
                      return method.invoke(port, arguments);
                    }
                    sound.execute(() -> {
                      try {
                        var _ = method.invoke(port, arguments);
                      } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                      }
                    });
                    return null;
                  });
        };
    return altered(Platform.class, sound, Map.of("adverts", () -> channel));
  }

  private static <T> T altered(Class<T> seam, T sound, Map<String, Supplier<Object>> answers) {
    return seam.cast(
        Proxy.newProxyInstance(
            seam.getClassLoader(),
            new Class<?>[] {seam},
            (self, method, arguments) -> {
              Supplier<Object> answer = answers.get(method.getName());
              if (answer != null) {
                Object value = answer.get();
                return method.getReturnType() == void.class ? null : value;
              }
              try {
                return method.invoke(sound, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /** Forwards. */
  private static class Altered implements VirtualLink {

    private final VirtualLink sound;

    Altered(VirtualLink sound) {
      this.sound = sound;
    }

    @Override
    public Outcome raise() {
      return sound.raise();
    }

    @Override
    public Outcome lower() {
      return sound.lower();
    }

    @Override
    public void close() {
      sound.close();
    }
  }

  /** Says that all is well. */
  private static final class Nothing implements VirtualLink {
    @Override
    public Outcome raise() {
      return Outcome.DONE;
    }

    @Override
    public Outcome lower() {
      return Outcome.DONE;
    }

    @Override
    public void close() {}
  }
}
