package io.havip.testkit.sim;

import io.havip.spi.Fence;
import io.havip.spi.Link.LinkAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process: what it has to do, and when it gets to it.
 *
 * <p>A turn of its loop reads what has arrived, then fires the deadlines that are due, then runs
 * tasks. A process that is neither paused nor slow takes its turn at the instant at which there is
 * something to do.
 */
final class SimProcess {

  private final Kernel kernel;
  private final Engine engine;
  private final SimRandom random;
  private final Fence fence;
  private final SimPlatform platform;
  private final ArrayDeque<Runnable> inbox = new ArrayDeque<>();
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final List<SimDeadline> overdue = new ArrayList<>();
  private final List<Work> deferred = new ArrayList<>();
  private final List<Work> late = new ArrayList<>();
  private final Turn turn = new Turn();
  private final Stall stall = new Stall();
  private final String label;
  private final Activity listening;
  private final Activity onTime;
  private final Activity onTask;
  private final Activity onWorker;
  private boolean paused;
  private boolean ended;
  private boolean leaving;
  private int working;
  private long slowBy;
  private long slowJitter;

  SimProcess(Kernel kernel, Fence fence, SimRandom random) {
    this.kernel = kernel;
    this.fence = fence;
    this.random = random;
    engine = kernel.engine();
    label = "a turn of the process on " + kernel.name();
    listening = Activity.of(kernel.name(), "a listener of the platform");
    onTime = Activity.of(kernel.name(), "a deadline");
    onTask = Activity.of(kernel.name(), "a task");
    onWorker = Activity.of(kernel.name(), "a worker's task");
    platform = new SimPlatform(this);
  }

  Kernel kernel() {
    return kernel;
  }

  Engine engine() {
    return engine;
  }

  SimPlatform platform() {
    return platform;
  }

  Fence fence() {
    return fence;
  }

  boolean ended() {
    return ended;
  }

  boolean paused() {
    return paused;
  }

  boolean slowed() {
    return slowBy > 0 || slowJitter > 0;
  }

  /** Whether its code can run at this moment. */
  boolean runnable() {
    return !ended && !paused && kernel.alive();
  }

  /**
   * Guards what acts on the host. The code of a process that has just been killed runs to its end
   * in the simulator, but without effect.
   *
   * @return false if the process has ended
   * @throws IllegalStateException if it is paused: the test calls what cannot run
   */
  boolean acts(String what) {
    engine.requireThread(what);
    if (!ended && !runnable()) {
      throw new IllegalStateException(
          what + ": the process on " + kernel.name() + " is paused or frozen and cannot run code");
    }
    return !ended;
  }

  /** Runs code of the process. */
  void run(Activity what, Runnable code) {
    engine.whereabouts().enters(what);
    try {
      code.run();
    } catch (Throwable thrown) {
      engine.error(kernel.name(), what.label(), thrown);
    }
  }

  /** Gives a task to the loop. */
  void execute(Runnable task) {
    if (!ended) {
      tasks.add(task);
      wake();
    }
  }

  /** Gives a task to a worker. */
  void work(Runnable task, Duration delay) {
    if (!ended) {
      working++;
      Work work = new Work(task, engine.now() + delay.toNanos());
      engine.schedule(work, work.due + slowness());
      if (slowed()) {
        late.add(work);
      }
    }
  }

  /** Whether the loop would take a packet at this instant, so that it need not be queued. */
  boolean idle() {
    return runnable()
        && slowBy == 0
        && slowJitter == 0
        && inbox.isEmpty()
        && overdue.isEmpty()
        && !turn.pending();
  }

  /** Something arrived from the kernel. */
  void arrived(Runnable notice) {
    if (!ended) {
      inbox.add(notice);
      wake();
    }
  }

  /** Something that comes before whatever has arrived already. */
  void arrivedFirst(Runnable notice) {
    inbox.addFirst(notice);
    wake();
  }

  /** A deadline is due. */
  void due(SimDeadline deadline) {
    if (ended) {
      return;
    }
    if (kernel.frozen()) {
      kernel.park(deadline);
      return;
    }
    long early = deadline.time() - kernel.now();
    if (early > 0) { // the clock stood still for a while after it was armed
      engine.postpone(deadline, engine.now() + early);
    } else if (idle()) {
      run(onTime, deadline::run);
      leaveIfQuiet();
    } else {
      int at = overdue.size();
      while (at > 0 && overdue.get(at - 1).isAfter(deadline)) {
        at--;
      }
      overdue.add(at, deadline);
      wake();
    }
  }

  void forget(SimDeadline deadline) {
    engine.cancel(deadline);
    overdue.remove(deadline);
    kernel.unpark(deadline);
  }

  void pause() {
    paused = true;
    if (fence instanceof Fence.OnExitAndStall bound) {
      engine.schedule(stall, engine.now() + bound.stallBound().toNanos());
    }
  }

  void resume() {
    paused = false;
    goOn();
  }

  /** The host's clock runs again. */
  void thawed() {
    goOn();
  }

  void slow(Duration by, Duration jitter) {
    slowBy = by.toNanos();
    slowJitter = jitter.toNanos();
    if (!slowed()) {
      catchUp();
    }
  }

  /** It is as fast as before: what waited for it to be slow does not wait any longer. */
  private void catchUp() {
    for (Work work : late) {
      if (work.pending()) {
        engine.cancel(work);
        engine.postpone(work, work.due);
      }
    }
    late.clear();
    if (turn.pending()) {
      engine.cancel(turn);
      engine.postpone(turn, engine.now());
    }
  }

  /** Ends in an orderly way once the listeners have heard what they were told. */
  void leave() {
    leaving = true;
    leaveIfQuiet();
  }

  /** Ends at once, whatever it was doing. What it leaves behind is the kernel's and the fence's. */
  void die() {
    ended = true;
    engine.cancel(turn);
    engine.cancel(stall);
    platform.vanish();
    kernel.releaseAll(this);
    inbox.clear();
    tasks.clear();
    overdue.clear();
    deferred.clear();
    late.clear();
  }

  /** Starts what the fence does when the process is dead. */
  void fenceExit() {
    Duration bound =
        switch (fence) {
          case Fence.None() -> null;
          case Fence.OnExit(Duration exit) -> exit;
          case Fence.OnExitAndStall(Duration exit, Duration stalled) -> exit;
        };
    if (bound != null) {
      engine.schedule(new Exit(), engine.now() + bound.toNanos());
    }
  }

  private void goOn() {
    if (paused || kernel.frozen()) {
      return;
    }
    engine.cancel(stall);
    List<Work> waiting = List.copyOf(deferred);
    deferred.clear();
    if (!inbox.isEmpty() || !overdue.isEmpty() || !tasks.isEmpty()) {
      wake();
    }
    for (Work work : waiting) {
      engine.postpone(work, engine.now());
    }
  }

  private long slowness() {
    return slowBy + (slowJitter > 0 ? random.below(slowJitter + 1) : 0);
  }

  private void wake() {
    if (paused || ended || kernel.frozen() || turn.pending()) {
      return;
    }
    long wait = slowness();
    if (fence instanceof Fence.OnExitAndStall bound
        && wait > bound.stallBound().toNanos()
        && !stall.pending()) {
      engine.schedule(stall, engine.now() + bound.stallBound().toNanos());
    }
    engine.schedule(turn, engine.now() + wait);
  }

  private void takeTurn() {
    if (!runnable()) {
      return;
    }
    engine.cancel(stall);
    for (int n = inbox.size(); n > 0 && runnable(); n--) {
      run(listening, inbox.remove());
    }
    // What arrived meanwhile is read in the next turn, so overdue deadlines wait for it.
    while (inbox.isEmpty() && !overdue.isEmpty() && runnable()) {
      run(onTime, overdue.removeFirst()::run);
    }
    for (int n = tasks.size(); n > 0 && runnable(); n--) {
      run(onTask, tasks.remove());
    }
    if (!inbox.isEmpty() || !overdue.isEmpty() || !tasks.isEmpty()) {
      wake();
    }
    leaveIfQuiet();
  }

  private void leaveIfQuiet() {
    if (leaving && !ended && working == 0 && tasks.isEmpty() && inbox.isEmpty()) {
      platform.close();
    }
  }

  /** The loop gets to run. */
  private final class Turn extends Event {
    @Override
    void fire() {
      takeTurn();
    }

    @Override
    public String label() {
      return label;
    }
  }

  /** A worker gets to run. */
  private final class Work extends Event {

    private final Runnable task;
    private final long due;

    Work(Runnable task, long due) {
      this.task = task;
      this.due = due;
    }

    @Override
    void fire() {
      if (ended) {
        return;
      }
      if (!runnable()) {
        deferred.add(this);
        return;
      }
      late.remove(this);
      working--;
      run(onWorker, task);
      leaveIfQuiet();
    }

    @Override
    public String label() {
      return "a worker's task on " + kernel.name();
    }
  }

  /** The loop has not run for as long as the fence allows. */
  private final class Stall extends Event {
    @Override
    void fire() {
      fence(this, "the fence, for the loop has stalled");
    }

    @Override
    public String label() {
      return "the stall fence of " + kernel.name();
    }
  }

  /** The process is dead, and the fence acts. */
  private final class Exit extends Event {
    @Override
    void fire() {
      fence(this, "the fence, for the process has ended");
    }

    @Override
    public String label() {
      return "the exit fence of " + kernel.name();
    }
  }

  private void fence(Event event, String by) {
    if (kernel.frozen()) { // a clock that stands still defeats every fence of the host itself
      kernel.park(event);
      return;
    }
    for (Map.Entry<Nic, LinkAddress> each : platform.addresses().bound()) {
      kernel.removeAddress(each.getKey(), each.getValue(), by, false);
    }
    if (kernel.host().guardian() && kernel.on()) {
      platform.fencing().resignAll();
    }
  }
}
