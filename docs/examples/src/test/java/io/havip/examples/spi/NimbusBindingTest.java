package io.havip.examples.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudBinding;
import io.havip.testkit.contract.CloudBindingContract;
import io.havip.testkit.contract.CloudFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The binding keeps every rule of the contract. */
class NimbusBindingTest extends CloudBindingContract {

  @Override
  protected CloudFixture fixture() {
    return new Fixture();
  }

  @Test
  void itTakesLessThanAHundredLines() throws IOException {
    Path source = Path.of("src/test/java/io/havip/examples/spi/NimbusBinding.java");
    assertThat(Files.readAllLines(source)).hasSizeLessThan(100);
  }

  /** One address and two members; time does not pass, for nothing waits. */
  private static final class Fixture implements CloudFixture {

    private final Nimbus cloud = new Nimbus();
    private final Map<Member, Nimbus.Access> accesses = new EnumMap<>(Member.class);

    private Fixture() {
      cloud.register(address());
      for (Member member : Member.values()) {
        accesses.put(member, cloud.new Access());
      }
    }

    private Nimbus.Access access(Member member) {
      return Objects.requireNonNull(accesses.get(member));
    }

    @Override
    public IpAddress address() {
      return IpAddress.parse("10.0.0.3");
    }

    @Override
    public IpAddress unknownAddress() {
      return IpAddress.parse("10.0.0.99");
    }

    @Override
    public CloudBinding binding(Member member) {
      return new NimbusBinding(access(member), "i-" + member);
    }

    @Override
    public void announce(Member member) {}

    @Override
    public Set<Trouble> troubles() {
      return Set.of(
          Trouble.BLACKOUT, Trouble.LOST_REPLY, Trouble.THROTTLED, Trouble.AUTHENTICATION);
    }

    @Override
    public void begin(Trouble trouble, Member member) {
      switch (trouble) {
        case BLACKOUT -> access(member).refuse(503);
        case LOST_REPLY -> access(member).loseReplies(true);
        case THROTTLED -> access(member).refuse(429);
        case AUTHENTICATION -> access(member).refuse(401);
        case SILENCE, CLOCK_SKEW -> throw new AssertionError(trouble);
      }
    }

    @Override
    public void heal() {
      accesses.values().forEach(access -> access.refuse(200));
      accesses.values().forEach(access -> access.loseReplies(false));
    }

    @Override
    public void pass(Duration length) {}

    @Override
    public <T> T await(CompletableFuture<T> call) {
      return call.join();
    }

    @Override
    public Duration now() {
      return Duration.ZERO;
    }

    @Override
    public void close() {}
  }
}
