package io.havip.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.havip.spi.Availability;
import io.havip.spi.Platform;
import io.havip.spi.PlatformException;
import io.havip.spi.PlatformOptions;
import io.havip.spi.PlatformProvider;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The rules of {@link PlatformProvider}. An author of a platform extends this class and supplies a
 * {@link ProviderFixture}.
 *
 * <p>A test that takes longer than two minutes is interrupted and fails.
 */
@Timeout(120)
public abstract class PlatformProviderContract {

  private static final String NODE = "contract-node";

  private @Nullable ProviderFixture fixture;

  /** For subclasses. */
  protected PlatformProviderContract() {}

  /** {@return a provider, and what the tests need around it} */
  protected abstract ProviderFixture fixture();

  /** Prepares a test. */
  @BeforeEach
  public void open() {
    fixture = fixture();
  }

  /** Ends a test. */
  @AfterEach
  public void close() {
    if (fixture != null) {
      fixture.close();
    }
  }

  private ProviderFixture env() {
    if (fixture == null) {
      throw new IllegalStateException("open() has not been called");
    }
    return fixture;
  }

  private Platform opened() {
    return env().provider().open(new PlatformOptions(NODE, env().fences()));
  }

  private PlatformProvider lacking() {
    Optional<PlatformProvider> found = env().lacking();
    assumeTrue(found.isPresent(), "the fixture cannot take away what the provider needs");
    return found.orElseThrow();
  }

  /** Runs on a thread of its own: the caller may have any. */
  private <T> T elsewhere(Callable<T> code) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(() -> {
          try {
            result.complete(code.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    thread.setDaemon(true);
    thread.start();
    try {
      return result.get(env().patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("it threw " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("it takes longer than " + env().patience(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Messages and settings name it. */
  @Test
  public void o1_theNameIsOneShortWordAndAlwaysTheSame() {
    String name = env().provider().name();
    assertTrue(name.matches("[a-z][a-z0-9-]{0,30}"), () -> "not a short word: " + name);
    assertEquals(name, env().provider().name());
  }

  /** Asking is free, wherever one stands. */
  @Test
  public void o2_availabilityIsTheSameOnEveryThreadAndChangesNothing() {
    PlatformProvider provider = env().provider();
    Availability first = elsewhere(provider::availability);
    assertEquals(new Availability.Available(), first, "it is not available here");
    assertEquals(first, elsewhere(provider::availability));
    opened().close();
    assertEquals(first, elsewhere(provider::availability), "opening a platform changed it");
  }

  /** What is missing is a reason for a person, not an exception, and is so every time. */
  @Test
  public void o3_whatIsMissingIsAReasonAndNeverThrown() {
    PlatformProvider provider = lacking();
    for (int i = 0; i < 2; i++) {
      var reason =
          assertInstanceOf(
              Availability.Unavailable.class,
              elsewhere(provider::availability),
              "nothing is missing");
      assertOneSentence(reason.reason());
    }
  }

  /** Opening all the same fails, and says why. */
  @Test
  public void o4_openWithoutWhatItNeedsSaysWhatIsMissing() {
    PlatformProvider provider = lacking();
    for (int i = 0; i < 2; i++) {
      PlatformException refused =
          assertThrows(
              PlatformException.class,
              () -> provider.open(new PlatformOptions(NODE, env().fences())).close());
      assertOneSentence(refused.getMessage());
    }
  }

  private static void assertOneSentence(String text) {
    assertFalse(text.isBlank(), "no reason is given");
    assertEquals(1, text.lines().count(), () -> "more than a line: " + text);
  }

  /** What it opens is a platform that runs. */
  @Test
  public void o5_anOpenedPlatformRuns() {
    try (Platform platform = opened()) {
      awaitTask(platform);
    }
  }

  /** Nodes in one process do not share a loop, and one may be opened after another. */
  @Test
  public void o5_eachPlatformHasALoopOfItsOwn() {
    try (Platform one = opened()) {
      Platform other = opened();
      assertNotSame(one, other);
      awaitTask(one);
      awaitTask(other);
      other.close();
      awaitTask(one);
    }
    try (Platform again = opened()) {
      awaitTask(again);
    }
  }

  private void awaitTask(Platform platform) {
    List<Boolean> ran = new CopyOnWriteArrayList<>();
    platform.execute(() -> ran.add(platform.inLoop()));
    env().await("a task on the loop", () -> !ran.isEmpty());
    assertEquals(List.of(true), ran, "the task did not run on the loop");
  }

  /** Whoever looks at a dump finds the node. */
  @Test
  public void o6_theThreadOfTheLoopNamesTheNode() {
    assumeTrue(env().threads(), "the loop has no thread of its own");
    try (Platform platform = opened()) {
      List<String> names = new CopyOnWriteArrayList<>();
      platform.execute(() -> names.add(Thread.currentThread().getName()));
      env().await("a task on the loop", () -> !names.isEmpty());
      assertTrue(names.getFirst().contains(NODE), () -> "the thread is " + names.getFirst());
    }
  }
}
