package io.havip.testkit.contract;

import io.havip.net.IpAddress;
import io.havip.net.VirtualAddress;
import io.havip.spi.Fence;
import io.havip.spi.Fencing;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;
import io.havip.spi.Link;
import io.havip.spi.LinkMonitor.LinkListener;
import io.havip.spi.NeighborAnnouncer.ProbeListener;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Platforms that break a promise about addresses and links. */
final class SeamMutants {

  private SeamMutants() {}

  static Stream<PlatformMutant> all() {
    return Stream.of(announcements(), addresses(), fences(), links()).flatMap(s -> s);
  }

  private static PlatformMutant neighbor(String test, String what, UnaryOperator<Platform> broken) {
    return new PlatformMutant(NeighborAnnouncerContract.class, test, what, broken);
  }

  private static PlatformMutant address(String test, String what, UnaryOperator<Platform> broken) {
    return new PlatformMutant(AddressBinderContract.class, test, what, broken);
  }

  private static PlatformMutant fence(String test, String what, UnaryOperator<Platform> broken) {
    return new PlatformMutant(FencingContract.class, test, what, broken);
  }

  private static PlatformMutant link(String test, String what, UnaryOperator<Platform> broken) {
    return new PlatformMutant(LinkMonitorContract.class, test, what, broken);
  }

  private static Stream<PlatformMutant> announcements() {
    return Stream.of(
        neighbor(
            "n1_anAnnouncementNamesTheMacOfTheInterface",
            "nothing is sent",
            p ->
                new Altered(p) {
                  @Override
                  public Outcome announce(String interfaceName, IpAddress address) {
                    return Outcome.DONE;
                  }
                }),
        neighbor(
            "n2_loopbackAndMissingInterfacesAreRefused",
            "refusals are hidden",
            SeamMutants::hiding),
        neighbor("n2_anInterfaceWithoutMacIsRefused", "refusals are hidden", SeamMutants::hiding),
        neighbor(
            "n3_aProbeIsAnsweredByWhoHasTheAddress",
            "answers are not heard",
            p -> probing(p, (listener, answered) -> listener.probed(false))),
        neighbor(
            "n3_aProbeIsAnsweredByWhoHasTheAddress",
            "two ends",
            p ->
                probing(
                    p,
                    (listener, answered) -> {
                      listener.probed(answered);
                      listener.probed(answered);
                    })),
        neighbor(
            "n3_aProbeIsAnsweredByWhoHasTheAddress",
            "the end on another thread",
            p ->
                probing(
                    p, (listener, answered) -> Altered.elsewhere(() -> listener.probed(answered)))),
        neighbor(
            "n4_silenceEndsAProbeAtItsTime",
            "silence too early",
            p ->
                new Altered(p) {
                  @Override
                  public void probe(
                      String interfaceName, IpAddress address, long until, ProbeListener listener) {
                    super.probe(interfaceName, address, until - 1_000_000, listener);
                  }
                }),
        neighbor(
            "n5_aProbeClaimsNothing",
            "a probe announces",
            p ->
                new Altered(p) {
                  @Override
                  public void probe(
                      String interfaceName, IpAddress address, long until, ProbeListener listener) {
                    Outcome unused = announce(interfaceName, address);
                    super.probe(interfaceName, address, until, listener);
                  }
                }),
        neighbor(
            "n5_aProbeDoesNotHearItsOwnHost",
            "its own host answers",
            p ->
                new Altered(p) {
                  @Override
                  public void probe(
                      String interfaceName, IpAddress address, long until, ProbeListener listener) {
                    boolean own = find(interfaceName).filter(l -> l.has(address)).isPresent();
                    super.probe(
                        interfaceName, address, until, heard -> listener.probed(heard || own));
                  }
                }),
        neighbor(
            "n6_aProbeThatCannotBeSentIsNotAnswered",
            "it ends within the call",
            p ->
                new Altered(p) {
                  @Override
                  public void probe(
                      String interfaceName, IpAddress address, long until, ProbeListener listener) {
                    if (find(interfaceName).isEmpty()) {
                      listener.probed(false);
                    } else {
                      super.probe(interfaceName, address, until, listener);
                    }
                  }
                }));
  }

  private static Stream<PlatformMutant> addresses() {
    return Stream.of(
        address(
            "b1_theHostAnswersForAnAddedAddress",
            "add does nothing",
            p -> adding(p, (name, address) -> Outcome.DONE)),
        address(
            "b2_addIsIdempotent",
            "an address that is there is an error",
            p ->
                adding(
                    p,
                    (name, address) ->
                        p.links().find(name).filter(l -> l.has(address.address())).isPresent()
                            ? failed("add")
                            : p.addresses().add(name, address))),
        address(
            "b3_theHostIsSilentAboutARemovedAddress",
            "remove does nothing",
            p -> removing(p, (name, address) -> Outcome.DONE)),
        address(
            "b4_removeIsIdempotent",
            "an address that is not there is an error",
            p ->
                removing(
                    p,
                    (name, address) ->
                        p.links().find(name).filter(l -> l.has(address.address())).isPresent()
                            ? p.addresses().remove(name, address)
                            : failed("remove"))),
        address(
            "b5_addToAMissingInterfaceFails",
            "a failure that says nothing",
            p ->
                adding(
                    p,
                    (name, address) ->
                        p.addresses().add(name, address) instanceof Outcome.Failed
                            ? failed("add")
                            : Outcome.DONE)),
        address(
            "b6_theDeviceOfAnAddressComesFirst",
            "the device is not looked at",
            p ->
                adding(
                    p,
                    (name, address) ->
                        p.links().find(name).isEmpty()
                            ? failed("add")
                            : p.addresses().add(name, address))),
        address(
            "b7_aReservedAddressIsRefusedUntilReleased",
            "everybody may reserve",
            p ->
                new Altered(p) {
                  @Override
                  public Outcome reserve(IpAddress address) {
                    return Outcome.DONE;
                  }
                }),
        address(
            "b7_aReservedAddressIsRefusedUntilReleased",
            "release does nothing",
            p ->
                new Altered(p) {
                  @Override
                  public void release(IpAddress address) {}
                }),
        accepting("nothing is refused", (p, address, accepted) -> Outcome.DONE),
        accepting(
            "what was refused once stays refused",
            (p, address, accepted) ->
                accepted ? Outcome.DONE : p.addresses().acceptPackets(address, false)),
        accepting(
            "a second refusal is an acceptance",
            new Accepting() {
              private int refusals;

              @Override
              public Outcome accept(Platform p, IpAddress address, boolean accepted) {
                return p.addresses().acceptPackets(address, accepted || ++refusals == 3);
              }
            }));
  }

  /** Stands in for {@link io.havip.spi.AddressBinder#acceptPackets}. */
  private interface Accepting {
    Outcome accept(Platform sound, IpAddress address, boolean accepted);
  }

  private static PlatformMutant accepting(String what, Accepting broken) {
    return address(
        "b8_packetsAreRefusedOrAcceptedAndTheHostAnswersForTheAddress",
        what,
        p ->
            new Altered(p) {
              @Override
              public Outcome acceptPackets(IpAddress address, boolean accepted) {
                return broken.accept(p, address, accepted);
              }
            });
  }

  private static Stream<PlatformMutant> fences() {
    return Stream.of(
        fence(
            "f1_theHostIsSilentWithinTheBoundAfterTheDeathOfTheProcess",
            "a fence that is later than it says",
            SeamMutants::boasting),
        fence(
            "f2_theHostIsSilentWithinTheBoundWhenTheLoopStalls",
            "a fence that is later than it says",
            SeamMutants::boasting),
        fence(
            "f3_theHostAnswersAsLongAsTheLoopRenews",
            "only the first renewal counts",
            p ->
                guarding(
                    p,
                    (sound, silence) ->
                        new AlteredGuard(sound) {
                          private int renewals;

                          @Override
                          public void renew() {
                            if (++renewals > 2) {
                              silence.run();
                            }
                          }
                        })),
        fence(
            "f4_anOpenGuardStaysOpenWhenItIsUpdated",
            "an update shuts",
            p ->
                guarding(
                    p,
                    (sound, silence) ->
                        new AlteredGuard(sound) {
                          @Override
                          public void update(GuardedRouter router) {
                            silence.run();
                          }
                        })),
        fence(
            "f5_aRenewalOpensAGuardThatWasShut",
            "shut for good",
            p ->
                guarding(
                    p,
                    (sound, silence) ->
                        new AlteredGuard(sound) {
                          @Override
                          public void shut() {
                            silence.run();
                          }
                        })),
        fence(
            "f6_aClosedGuardLeavesNothingOnTheHost",
            "it leaves the address silent",
            p ->
                guarding(
                    p,
                    (sound, silence) ->
                        new AlteredGuard(sound) {
                          @Override
                          public void close() {
                            silence.run();
                          }
                        })));
  }

  /** Guards that can silence the address: the broken host takes it off when it can. */
  private static Platform guarding(Platform sound, BiFunction<Guard, Runnable, Guard> broken) {
    return new Altered(sound) {
      @Override
      public Fencing fencing() {
        return (router, listener) -> {
          Runnable silence =
              () ->
                  execute(() ->
                      router
                          .addresses()
                          .forEach(address ->
                              sound.addresses().remove(router.interfaceName(), address)));
          return broken.apply(sound.fencing().guard(router, listener), silence);
        };
      }
    };
  }

  private static Stream<PlatformMutant> links() {
    return Stream.of(
        link(
            "l1_findTellsTheInterfaceAsItIs",
            "only the loopback is found",
            p ->
                new Altered(p) {
                  @Override
                  public Optional<Link> find(String interfaceName) {
                    return super.find("lo");
                  }
                }),
        link("l2_downAndUpAreReportedOnTheLoop", "nothing is reported", SeamMutants::blind),
        link(
            "l2_downAndUpAreReportedOnTheLoop",
            "reports come from another thread",
            p ->
                watching(
                    p,
                    listener ->
                        new Altered.AlteredListener(listener) {
                          @Override
                          public void changed(Link link) {
                            Altered.elsewhere(() -> super.changed(link));
                          }
                        })),
        link(
            "l3_anInterfaceGoneAndBackIsReportedUnderTheSameWatch",
            "gone for good",
            p ->
                watching(
                    p,
                    listener ->
                        new Altered.AlteredListener(listener) {
                          private boolean over;

                          @Override
                          public void changed(Link link) {
                            if (!over) {
                              super.changed(link);
                            }
                          }

                          @Override
                          public void gone() {
                            over = true;
                            super.gone();
                          }
                        })),
        link(
            "l4_anInterfaceThatDoesNotExistYetCanBeWatched",
            "only what exists",
            p ->
                new Altered(p) {
                  @Override
                  public Watch watch(String interfaceName, LinkListener listener) {
                    return find(interfaceName).isEmpty()
                        ? () -> {}
                        : super.watch(interfaceName, listener);
                  }
                }),
        link(
            "l5_aForeignRemovalIsReportedAfterTheChangeThatShowsIt",
            "no loss is reported",
            p ->
                watching(
                    p,
                    listener ->
                        new Altered.AlteredListener(listener) {
                          @Override
                          public void addressLost(VirtualAddress address) {}
                        })),
        link(
            "l5_aForeignRemovalIsReportedAfterTheChangeThatShowsIt",
            "the change is not",
            p ->
                watching(
                    p,
                    listener ->
                        new Altered.AlteredListener(listener) {
                          @Override
                          public void changed(Link link) {}
                        })),
        link(
            "l6_ownChangesAreReportedButAreNoLosses",
            "own removals are losses",
            p ->
                watching(
                    p,
                    listener ->
                        new Altered.AlteredListener(listener) {
                          private Optional<Link.LinkAddress> last = Optional.empty();

                          @Override
                          public void changed(Link link) {
                            super.changed(link);
                            last.filter(was -> !link.addresses().contains(was))
                                .ifPresent(was -> addressLost(VirtualAddress.of(was.address())));
                            last = Optional.of(link.addresses().getLast());
                          }
                        })),
        link(
            "l7_aClosedWatchIsSilent",
            "a watch that cannot be closed",
            p ->
                new Altered(p) {
                  @Override
                  public Watch watch(String interfaceName, LinkListener listener) {
                    Watch unused = super.watch(interfaceName, listener);
                    return () -> {};
                  }
                }));
  }

  private static Outcome failed(String operation) {
    return new Outcome.Failed(operation, "EEXIST", "");
  }

  private static Platform hiding(Platform sound) {
    return new Altered(sound) {
      @Override
      public Outcome announce(String interfaceName, IpAddress address) {
        Outcome unused = super.announce(interfaceName, address);
        return Outcome.DONE;
      }
    };
  }

  private static Platform probing(Platform sound, BiConsumer<ProbeListener, Boolean> end) {
    return new Altered(sound) {
      @Override
      public void probe(
          String interfaceName, IpAddress address, long until, ProbeListener listener) {
        super.probe(interfaceName, address, until, answered -> end.accept(listener, answered));
      }
    };
  }

  private static Platform adding(
      Platform sound, BiFunction<String, VirtualAddress, Outcome> change) {
    return new Altered(sound) {
      @Override
      public Outcome add(String interfaceName, VirtualAddress address) {
        return change.apply(interfaceName, address);
      }
    };
  }

  private static Platform removing(
      Platform sound, BiFunction<String, VirtualAddress, Outcome> change) {
    return new Altered(sound) {
      @Override
      public Outcome remove(String interfaceName, VirtualAddress address) {
        return change.apply(interfaceName, address);
      }
    };
  }

  private static Platform boasting(Platform sound) {
    return new Altered(sound) {
      @Override
      public Fencing fencing() {
        return (router, listener) ->
            new AlteredGuard(sound.fencing().guard(router, listener)) {
              @Override
              public Fence fence() {
                return new Fence.OnExitAndStall(Duration.ofMillis(1), Duration.ofMillis(1));
              }
            };
      }
    };
  }

  private static Platform blind(Platform sound) {
    return new Altered(sound) {
      @Override
      public Watch watch(String interfaceName, LinkListener listener) {
        return () -> {};
      }
    };
  }

  private static Platform watching(Platform sound, UnaryOperator<LinkListener> change) {
    return new Altered(sound) {
      @Override
      public Watch watch(String interfaceName, LinkListener listener) {
        return super.watch(interfaceName, change.apply(listener));
      }
    };
  }
}
