package io.havip.testkit.scenario;

import io.havip.Preemption;
import io.havip.VirtualRouterConfigBuilder;
import io.havip.spi.AddressBinder;
import io.havip.spi.AdvertChannel;
import io.havip.spi.NeighborAnnouncer;
import io.havip.spi.Outcome;
import io.havip.spi.Platform;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;

/** Nodes that do something else than they are judged by, and the property that they break. */
enum PlantedBug {
  ONE_MISSING_ADVERT_IS_ENOUGH("L6") {
    @Override
    void change(VirtualRouterConfigBuilder router) {
      router.downMultiplier(1);
    }
  },
  SIX_MISSING_ADVERTS_ARE_TOO_FEW("L1") {
    @Override
    void change(VirtualRouterConfigBuilder router) {
      router.downMultiplier(6);
    }
  },
  PREEMPTS_ALL_THE_SAME("S11") {
    @Override
    void change(VirtualRouterConfigBuilder router) {
      router.preemption(Preemption.AT_ONCE);
    }
  },
  DOES_NOT_WAIT_BEFORE_IT_PREEMPTS("S12") {
    @Override
    void change(VirtualRouterConfigBuilder router) {
      router.preemption(new Preemption.After(Duration.ofNanos(1)));
    }
  },
  NEVER_PREEMPTS("L4") {
    @Override
    void change(VirtualRouterConfigBuilder router) {
      router.preemption(Preemption.NEVER);
    }
  },
  ANNOUNCES_NOTHING("L8") {
    @Override
    Platform platform(Platform sound) {
      return altered(
          sound,
          NeighborAnnouncer.class,
          method -> method.equals("announce") ? Optional.of(Outcome.DONE) : Optional.empty());
    }
  },
  KEEPS_THE_ADDRESS("S8") {
    @Override
    Platform platform(Platform sound) {
      return altered(
          sound,
          AddressBinder.class,
          method -> method.equals("remove") ? Optional.of(Outcome.DONE) : Optional.empty());
    }
  },
  DEAF_TO_MULTICAST("S2") {
    @Override
    Platform platform(Platform sound) {
      return altered(
          sound,
          AdvertChannel.AdvertPort.class,
          method -> method.equals("join") ? Optional.of(NOTHING) : Optional.empty());
    }
  };

  private static final Object NOTHING = new Object();

  final String property;

  PlantedBug(String property) {
    this.property = property;
  }

  void change(VirtualRouterConfigBuilder router) {}

  Platform platform(Platform sound) {
    return sound;
  }

  ScenarioRunner<?> runner() {
    return ScenarioRunner.nodes()
        .withDefect(router -> {
          VirtualRouterConfigBuilder builder = router.toBuilder();
          change(builder);
          return builder.build();
        })
        .onPlatform((member, sound) -> platform(sound));
  }

  /** What happens instead of a call, or nothing for the call itself. */
  @FunctionalInterface
  private interface Instead {
    Optional<Object> of(String method);
  }

  /** The platform with one seam whose calls are looked at first. */
  private static Platform altered(Platform sound, Class<?> seam, Instead instead) {
    return (Platform) altered(sound, Platform.class, seam, instead);
  }

  private static Object altered(Object sound, Class<?> type, Class<?> seam, Instead instead) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, args) -> {
          if (type == seam) {
            Optional<Object> other = instead.of(method.getName());
            if (other.isPresent()) {
              return other.get() == NOTHING ? null : other.get();
            }
          }
          Object result;
          try {
            result = method.invoke(sound, args);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
          boolean leads =
              type == Platform.class
                  || (type == AdvertChannel.class && seam == AdvertChannel.AdvertPort.class);
          return leads && result != null && method.getReturnType().isInterface()
              ? altered(result, method.getReturnType(), seam, instead)
              : result;
        });
  }
}
