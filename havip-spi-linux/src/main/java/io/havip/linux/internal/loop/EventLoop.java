package io.havip.linux.internal.loop;

import io.havip.linux.internal.libc.Descriptors;
import io.havip.linux.internal.libc.Libc;
import io.havip.spi.PlatformException;
import io.havip.spi.Timers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a platform: it waits for descriptors, runs tasks and fires deadlines.
 *
 * <p>A turn reads the clock, drains the sources, runs posted tasks, fires the deadlines that were
 * due <em>when the clock was read</em>, and sends what was queued. The sources are drained again
 * before deadlines fire if tasks have run meanwhile, and a deadline that falls due within a turn
 * waits for the next. So whatever arrived before a deadline fires is delivered before it, however
 * late the thread is.
 *
 * <p>The thread sleeps in {@code poll} without a timeout and is woken by a timer descriptor with an
 * absolute time. The kernel lets the timeout of {@code poll}, {@code ppoll} and {@code epoll} slip
 * by a thousandth of its length (3.6 ms for 3.6 s) or by the thread's timer slack, whichever is
 * longer; a timer descriptor has neither.
 *
 * <p>{@link #execute}, {@link #inLoop}, {@link #now}, {@link #wallTime} and {@link #stop} may be
 * called from any thread, everything else on the loop only.
 */
public final class EventLoop implements Timers {

  private static final Logger LOG = System.getLogger(EventLoop.class.getName());

  /** How long deadlines may fire before the sources are drained again. */
  private static final long RECHECK_NANOS = 500_000;

  /** Tasks that are posted without end must not keep the sources waiting. */
  private static final int TASKS_PER_TURN = 1024;

  private final Thread thread;
  private final Tenant tenant;
  private final CompletableFuture<Boolean> started = new CompletableFuture<>();
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** Set before the queue is looked at for the last time before sleeping. */
  private final AtomicBoolean asleep = new AtomicBoolean();

  private final Object wakeLock = new Object();
  private int wakeDescriptor = -1;
  private volatile boolean stopping;

  private final DeadlineHeap deadlines = new DeadlineHeap();
  private final WarmUp warmUp = new WarmUp(this);
  private final List<LongConsumer> beforeTurn = new ArrayList<>();
  private List<Source> sources = List.of();
  private List<Runnable> afterFlush = List.of();
  private boolean sourcesChanged;
  private @Nullable Poller poller;
  private long earliestArming = Long.MIN_VALUE;
  private boolean clocksCompared;
  private long wallMinusMonotonic;
  private boolean sleepCounted;
  private long slept;

  /** What lives on the loop. Both methods are called on its thread. */
  public interface Tenant {

    /** Opens everything; what it throws is thrown by {@link EventLoop#start}. */
    void open(EventLoop loop);

    /** Releases everything, also after a failed opening. */
    void close();
  }

  /**
   * Makes a loop; nothing runs yet.
   *
   * @param name of the thread
   * @param threads makes the thread, whose name and daemon state are then set
   * @param tenant lives on the loop
   */
  public EventLoop(String name, ThreadFactory threads, Tenant tenant) {
    this.tenant = tenant;
    thread = threads.newThread(this::run);
    thread.setName(name);
    thread.setDaemon(true);
  }

  /**
   * Starts the thread and waits until the tenant is open.
   *
   * @throws PlatformException if it could not be opened; everything is released then
   */
  public void start() {
    thread.start();
    try {
      started.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PlatformException refusal) {
        throw new PlatformException(String.valueOf(refusal.getMessage()), refusal);
      }
      throw new PlatformException("the loop could not be started: " + e.getCause(), e);
    } catch (InterruptedException e) {
      stop(Duration.ZERO);
      Thread.currentThread().interrupt();
      throw new PlatformException("interrupted while the loop was starting", e);
    }
  }

  /**
   * Ends the loop after its current turn and waits for it, unless called on the loop. Idempotent.
   *
   * @param wait the longest wait
   */
  public void stop(Duration wait) {
    stopping = true;
    wake();
    if (inLoop() || thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      if (!thread.join(wait) && !wait.isZero()) {
        LOG.log(Level.WARNING, "{0} did not end within {1}", thread.getName(), wait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the calling thread is the loop. */
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  /**
   * Checks that the calling thread is the loop.
   *
   * @throws IllegalStateException if it is another one
   */
  public void requireLoop() {
    if (!inLoop()) {
      throw new IllegalStateException(
          "called on " + Thread.currentThread().getName() + " instead of " + thread.getName());
    }
  }

  /** Runs a task on the loop, in the order given; dropped once the loop has ended. */
  public void execute(Runnable task) {
    if (stopping && !inLoop()) {
      return;
    }
    tasks.add(task);
    if (asleep.compareAndSet(true, false)) {
      wake();
    }
  }

  /** The lock keeps the descriptor from being closed, and its number used again, meanwhile. */
  private void wake() {
    synchronized (wakeLock) {
      if (wakeDescriptor >= 0) {
        Libc.wake(wakeDescriptor);
      }
    }
  }

  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  public Instant wallTime() {
    return Instant.now();
  }

  /** Looked up once a turn, in which the host can sleep without harm. */
  @Override
  public long slept() {
    if (!sleepCounted) {
      slept = poller().slept();
      sleepCounted = true;
    }
    return slept;
  }

  @Override
  public Deadline newDeadline(Runnable onDue) {
    DeadlineHeap.Entry entry = new DeadlineHeap.Entry(onDue);
    return new Deadline() {
      @Override
      public void arm(long atNanos) {
        arm(atNanos, 0);
      }

      @Override
      public void arm(long atNanos, long slackNanos) {
        requireLoop();
        deadlines.arm(entry, Math.max(atNanos, earliestArming), slackNanos);
      }

      @Override
      public void disarm() {
        requireLoop();
        deadlines.disarm(entry);
      }
    };
  }

  /** Starts to wait for a source. */
  public void add(Source source) {
    requireLoop();
    List<Source> more = new ArrayList<>(sources);
    more.add(source);
    sources = List.copyOf(more);
    sourcesChanged = true;
  }

  /**
   * Has something done at the start of each turn, before anything is received, run or fired.
   *
   * @param task gets the time when the turn began
   */
  public void beforeTurn(LongConsumer task) {
    requireLoop();
    beforeTurn.add(task);
  }

  /** Stops waiting for a source; it may still be drained in the current turn. */
  public void remove(Source source) {
    requireLoop();
    List<Source> fewer = new ArrayList<>(sources);
    fewer.remove(source);
    sources = List.copyOf(fewer);
    sourcesChanged = true;
  }

  /** Sends what all sources have queued, so that what follows comes later on the wire too. */
  public void flush() {
    List<Source> current = sources;
    for (int i = 0; i < current.size(); i++) {
      current.get(i).flush();
    }
    List<Runnable> then = afterFlush;
    for (int i = 0; i < then.size(); i++) {
      then.get(i).run();
    }
  }

  /** Adds what is to run, often without anything to do, whenever everything has been sent. */
  public void afterFlush(Runnable task) {
    requireLoop();
    List<Runnable> more = new ArrayList<>(afterFlush);
    more.add(task);
    afterFlush = List.copyOf(more);
  }

  /** Takes back {@link #afterFlush(Runnable)}. */
  public void noMoreAfterFlush(Runnable task) {
    requireLoop();
    List<Runnable> fewer = new ArrayList<>(afterFlush);
    fewer.remove(task);
    afterFlush = List.copyOf(fewer);
  }

  /** Takes ways without effect, on the loop. */
  public WarmUp warmUp() {
    return warmUp;
  }

  /** The system calls of the loop's thread. */
  public Libc libc() {
    return poller().libc();
  }

  /** Opens descriptors on the loop's thread. */
  public Descriptors descriptors() {
    return poller().descriptors();
  }

  /** The memory of the loop, released when it ends. */
  public Arena arena() {
    return poller().arena();
  }

  /**
   * What the wall clock was ahead of the monotonic clock, in nanoseconds, when this turn first
   * asked.
   */
  public long wallMinusMonotonic() {
    if (!clocksCompared) {
      wallMinusMonotonic = poller().wallMinusMonotonic();
      clocksCompared = true;
    }
    return wallMinusMonotonic;
  }

  /** Logs what a listener or task threw; the loop goes on. */
  public void report(String who, Throwable thrown) {
    LOG.log(Level.ERROR, thread.getName() + ": " + who + " threw", thrown);
  }

  private Poller poller() {
    requireLoop();
    Poller current = poller;
    if (current == null) {
      throw new IllegalStateException(thread.getName() + " has ended");
    }
    return current;
  }

  private void run() {
    try (Arena arena = Arena.ofConfined();
        Poller mine = new Poller(arena)) {
      poller = mine;
      publishWake(mine.wakeDescriptor());
      try {
        tenant.open(this);
        warmUp(mine);
        started.complete(true);
        while (!stopping) {
          turn(mine);
        }
        runTasks(true);
        flush();
      } finally {
        stopping = true;
        tenant.close();
        publishWake(-1);
        poller = null;
        tasks.clear();
      }
    } catch (Throwable e) {
      stopping = true;
      if (!started.completeExceptionally(e)) {
        LOG.log(Level.ERROR, thread.getName() + " ended by an error", e);
      }
    }
  }

  /** Turns with a task and a due deadline, which do not sleep. */
  private void warmUp(Poller mine) {
    Deadline due = newDeadline(() -> {});
    Runnable nothing = () -> {};
    WarmUp.once(() -> {
      due.arm(now());
      execute(nothing);
      turn(mine);
    });
    due.disarm();
  }

  private void publishWake(int descriptor) {
    synchronized (wakeLock) {
      wakeDescriptor = descriptor;
    }
  }

  private void turn(Poller mine) {
    if (sourcesChanged) {
      sourcesChanged = false;
      mine.poll(sources);
    }
    waitForWork(mine);
    clocksCompared = false;
    sleepCounted = false;
    long began = now();
    for (int i = 0; i < beforeTurn.size(); i++) {
      beforeTurn.get(i).accept(began);
    }
    drain(mine, began);
    boolean ran = runTasks(false);
    if (deadlines.due(began)) {
      if (ran) {
        drain(mine, now());
      }
      fire(mine, began);
    }
    flush();
  }

  private void waitForWork(Poller mine) {
    long next = deadlines.wakeAt();
    long now = now();
    if (next > now) {
      asleep.set(true);
      if (tasks.isEmpty() && !stopping) {
        mine.sleep(next, now);
        asleep.set(false);
        return;
      }
      asleep.set(false);
    }
    mine.look();
  }

  /**
   * Drains the sources. If a deadline is due, those found empty a moment ago are tried as well:
   * something may have arrived between the look and the reading of the clock.
   */
  private void drain(Poller mine, long until) {
    boolean all = deadlines.due(until);
    List<Source> polled = mine.polled();
    for (int i = 0; i < polled.size(); i++) {
      if (all || mine.ready(i)) {
        try {
          polled.get(i).drain(until);
        } catch (RuntimeException | Error e) {
          report("reading a socket", e);
        }
      }
    }
  }

  /**
   * Runs what was posted and says whether there was anything.
   *
   * @param all whether deadlines wait for it; otherwise what is left when one comes due has its
   *     turn after that
   */
  private boolean runTasks(boolean all) {
    for (int i = 0; i < TASKS_PER_TURN; i++) {
      if (i > 0 && !all && deadlines.due(now())) {
        return true;
      }
      Runnable task = tasks.poll();
      if (task == null) {
        return i > 0;
      }
      try {
        task.run();
      } catch (Throwable e) {
        report("a task", e);
      }
    }
    return true;
  }

  /**
   * What is armed for the past meanwhile is moved behind {@code until}: it is for the next turn.
   */
  private void fire(Poller mine, long until) {
    long looked = until;
    earliestArming = until + 1;
    while (true) {
      DeadlineHeap.Entry due = deadlines.pollDue(until);
      if (due == null) {
        break;
      }
      try {
        due.onDue.run();
      } catch (Throwable e) {
        report("a deadline", e);
      }
      long now = now();
      if (now - looked > RECHECK_NANOS && deadlines.due(until)) {
        flush();
        drain(mine, now);
        looked = now;
      }
    }
    earliestArming = Long.MIN_VALUE;
  }
}
