package io.havip.tencent;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudAdministration.Allocation;
import io.havip.spi.cloud.CloudBinding;
import io.havip.spi.cloud.CloudMember;
import io.havip.tencent.credentials.Credentials;
import io.havip.tencent.fake.FakeVpcApi.Fault;
import io.havip.tencent.fake.Scene;
import io.havip.testkit.contract.AdministrationFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/** A binding against the local API. Time is real, and nothing but the API's silence takes any. */
final class ApiFixture implements AdministrationFixture {

  private final Scene scene = new Scene();
  private final IpAddress address;
  private final Map<Member, AtomicReference<Duration>> ahead = new EnumMap<>(Member.class);
  private final Map<Member, CloudBinding> bindings = new EnumMap<>(Member.class);
  private final long begin = System.nanoTime();

  ApiFixture(IpAddress address, BiFunction<Scene, TencentSettings, CloudBinding> opener) {
    this.address = address;
    scene.api.taskPolls(0);
    for (Member member : Member.values()) {
      AtomicReference<Duration> skew = new AtomicReference<>(Duration.ZERO);
      InstantSource clock = () -> Instant.now().plus(skew.get());
      ahead.put(member, skew);
      bindings.put(
          member,
          opener.apply(
              scene,
              scene
                  .member(member == Member.FIRST ? "ins-a" : "ins-b")
                  .requestTimeout(Duration.ofSeconds(1))
                  .clock(clock)
                  .build()));
    }
  }

  @Override
  public IpAddress address() {
    return address;
  }

  @Override
  public IpAddress unknownAddress() {
    return IpAddress.parse("192.168.7.7");
  }

  @Override
  public CloudBinding binding(Member member) {
    return bindings.get(member);
  }

  @Override
  public void announce(Member member) {
    scene.network.announce("havip-1", eni(member));
  }

  private static String eni(Member member) {
    return member == Member.FIRST ? "eni-a" : "eni-b";
  }

  @Override
  public IpAddress freeAddress() {
    return IpAddress.parse("10.0.0.50");
  }

  @Override
  public IpAddress reservedAddress() {
    return IpAddress.parse("10.0.0.255");
  }

  @Override
  public Allocation allocation(Optional<IpAddress> wanted, boolean onlyAuthorised, String token) {
    return new Allocation("orders", "vpc-1", "subnet-1", wanted, onlyAuthorised, token);
  }

  @Override
  public List<IpAddress> publicIps() {
    return List.of(IpAddress.parse("203.0.113.5"), IpAddress.parse("203.0.113.6"));
  }

  @Override
  public CloudMember name(Member member) {
    return new CloudMember(member == Member.FIRST ? "ins-a" : "ins-b", "");
  }

  @Override
  public void claim(Member member, IpAddress claimed) {
    scene.network.announce(scene.network.idOf(claimed.toString()), eni(member));
  }

  @Override
  public Set<Trouble> troubles() {
    return EnumSet.allOf(Trouble.class);
  }

  @Override
  public void begin(Trouble trouble, Member member) {
    switch (trouble) {
      case BLACKOUT -> scene.api.always(Fault.DROP);
      case LOST_REPLY -> scene.api.always(Fault.LOSE_REPLY);
      case SILENCE -> scene.api.always(Fault.HANG);
      case THROTTLED -> scene.api.refuseAll("RequestLimitExceeded");
      case AUTHENTICATION ->
          scene.api.accept(Credentials.permanent(Scene.SECRET_ID, "another-key"));
      case CLOCK_SKEW -> ahead.get(member).set(Duration.ofMinutes(-6));
    }
  }

  @Override
  public void heal() {
    scene.api.always(null);
    scene.api.refuseAll("");
    scene.api.accept(Scene.KEY);
    ahead.values().forEach(skew -> skew.set(Duration.ZERO));
  }

  /** The local API shows at once what was done. */
  @Override
  public void pass(Duration length) {}

  @Override
  public <T> T await(CompletableFuture<T> call) {
    try {
      return call.get(1, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new AssertionError("a call did not end with a value", e);
    }
  }

  @Override
  public Duration now() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Override
  public void close() {
    bindings.values().forEach(CloudBinding::close);
    scene.close();
  }
}
