package io.havip.testkit.lab;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A running record of frames, by {@code tcpdump} with the kernel's nanosecond time stamps. Nothing
 * is filtered; all frames stay in memory. All methods may be called from any thread.
 */
public final class Capture implements AutoCloseable {

  /** Frames are kept up to this length, in bytes. */
  public static final int SNAP_LENGTH = 2048;

  /** Room for frames that tcpdump has not fetched yet, in KiB: 16 thousand of them. */
  private static final int KERNEL_BUFFER = 32 * 1024;

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int FRAMES_IN_MESSAGES = 20;
  private static final Pattern STATISTICS =
      Pattern.compile(
          "(\\d+) packets? captured, (\\d+) packets? received by filter,"
              + " (\\d+) packets? dropped by kernel.*");

  /** What tcpdump says on USR1: handed on to us, passed to it by the kernel, lost. */
  private record Statistics(long captured, long received, long dropped) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Frame> frames = new ArrayList<>();
  private boolean ended;
  private long dropped;

  private final LabProcess tcpdump;

  private Capture(Lab lab, String name, String namespace, String networkInterface) {
    List<String> command =
        List.of(
            "tcpdump",
            "-i",
            networkInterface,
            "-n",
            "-U",
            "--immediate-mode",
            "--time-stamp-precision=nano",
            "-s",
            Integer.toString(SNAP_LENGTH),
            "-B",
            Integer.toString(KERNEL_BUFFER),
            "-w",
            "-");
    this.tcpdump = lab.start(name, namespace, command, this::readFrames);
  }

  static Capture start(Lab lab, String name, String namespace, String networkInterface) {
    LabAvailability.ofTool("tcpdump").orThrow();
    Capture capture = new Capture(lab, name, namespace, networkInterface);
    // Printed after the socket is bound and the filter set.
    capture.tcpdump.awaitLine(line -> line.contains("listening on"), LIMIT);
    return capture;
  }

  private void readFrames(InputStream stdout) throws IOException {
    try {
      Pcap pcap = Pcap.open(stdout, WallClock::toNanoTime);
      for (var next = pcap.next(); next.isPresent(); next = pcap.next()) {
        lock.lock();
        try {
          frames.add(next.get());
          changed.signalAll();
        } finally {
          lock.unlock();
        }
      }
    } finally {
      lock.lock();
      try {
        ended = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * The frames read so far, in the order the kernel saw them.
   *
   * @return a snapshot; call {@link #drain} before to be sure of the newest
   */
  public List<Frame> frames() {
    lock.lock();
    try {
      return List.copyOf(frames);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Those of the frames read so far that are wanted.
   *
   * @param wanted tells the wanted frames
   * @return a snapshot; call {@link #drain} before to be sure of the newest
   */
  public List<Frame> frames(Predicate<Frame> wanted) {
    return frames().stream().filter(wanted).toList();
  }

  /**
   * The last wanted frame before another one.
   *
   * @param end the frame to stop at
   * @param wanted tells the wanted frames
   * @return empty if there is none
   */
  public Optional<Frame> lastBefore(Frame end, Predicate<Frame> wanted) {
    return frames().stream()
        .takeWhile(frame -> frame != end)
        .filter(wanted)
        .reduce((earlier, later) -> later);
  }

  /**
   * Waits for a frame, also among those already read.
   *
   * @param what the wanted frame in words, for the message
   * @param wanted tells the wanted frame; runs on the calling thread
   * @param timeout how long to wait
   * @return the first such frame
   * @throws LabTimeoutException when the time is over; the message contains the last frames
   * @throws LabException if the capture has ended
   */
  public Frame awaitFrame(String what, Predicate<Frame> wanted, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    lock.lock();
    try {
      int next = 0;
      while (true) {
        for (; next < frames.size(); next++) {
          if (wanted.test(frames.get(next))) {
            return frames.get(next);
          }
        }
        if (ended) {
          throw new LabException("the capture ended without " + what + tail());
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new LabTimeoutException("waited " + Await.text(timeout) + " for " + what + tail());
        }
        changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while waiting for " + what, e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a frame stamped at or after a given time.
   *
   * @param what the wanted frame in words, for the message
   * @param wanted tells the wanted frame; runs on the calling thread
   * @param since a value of {@link System#nanoTime}
   * @param timeout how long to wait
   * @return the first such frame
   * @throws LabTimeoutException when the time is over; the message contains the last frames
   * @throws LabException if the capture has ended
   */
  public Frame awaitFrame(String what, Predicate<Frame> wanted, long since, Duration timeout) {
    return awaitFrame(what, frame -> frame.nanos() - since >= 0 && wanted.test(frame), timeout);
  }

  /**
   * Waits until every frame that the kernel saw before this call has been read.
   *
   * @throws LabException if the capture has ended or does not keep up within 10 s
   */
  public synchronized void drain() {
    long due = statistics().received();
    Statistics now =
        Await.until(
            "tcpdump to fetch " + due + " frames",
            LIMIT,
            this::statistics,
            statistics -> statistics.captured() + statistics.dropped() >= due);
    Await.until(
        "the stream to deliver " + now.captured() + " frames",
        LIMIT,
        this::count,
        count -> count >= now.captured());
    lock.lock();
    try {
      dropped = now.dropped();
    } finally {
      lock.unlock();
    }
  }

  private int count() {
    lock.lock();
    try {
      return frames.size();
    } finally {
      lock.unlock();
    }
  }

  private Statistics statistics() {
    long asked = tcpdump.signal(LabProcess.Signal.USR1);
    String answer = tcpdump.awaitLine(line -> STATISTICS.matcher(line).find(), asked, LIMIT).text();
    Matcher numbers = STATISTICS.matcher(answer);
    if (!numbers.find()) {
      throw new LabException("not tcpdump's statistics: " + answer);
    }
    return new Statistics(
        Long.parseLong(numbers.group(1)),
        Long.parseLong(numbers.group(2)),
        Long.parseLong(numbers.group(3)));
  }

  /**
   * How many frames the kernel had no room for, as of the last {@link #drain} or {@link #close}.
   *
   * @return zero unless the machine is overloaded; if not zero, the record has holes
   */
  public long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reads what is queued, then ends the capture; the frames stay readable. Does nothing the second
   * time.
   *
   * @throws LabException if tcpdump has died before
   */
  @Override
  public void close() {
    if (tcpdump.isAlive()) {
      drain();
    }
    tcpdump.close();
  }

  private String tail() {
    int from = Math.max(0, frames.size() - FRAMES_IN_MESSAGES);
    return "%n  last of %d frames:%n  %s"
        .formatted(
            frames.size(),
            frames.subList(from, frames.size()).stream()
                .map(Frame::toString)
                .collect(Collectors.joining(System.lineSeparator() + "  ")));
  }
}
