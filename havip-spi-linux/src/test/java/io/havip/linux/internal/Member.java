package io.havip.linux.internal;

import io.havip.net.IpAddress;
import io.havip.net.IpFamily;
import io.havip.spi.AdvertChannel.AdvertPort;
import io.havip.spi.AdvertChannel.AdvertReceiver;
import io.havip.spi.FenceOptions;
import io.havip.spi.Outcome;
import io.havip.spi.PlatformOptions;
import io.havip.spi.ReceivedAdvert;
import io.havip.testkit.lab.LabHost;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A platform on a host of the lab, and what its port has received. */
final class Member implements AutoCloseable {

  static final long PATIENCE_SECONDS = 10;

  final LabHost host;
  final LinuxPlatform platform;
  final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  final BlockingQueue<Outcome.Failed> failures = new LinkedBlockingQueue<>();

  private final List<AdvertPort> ports = new ArrayList<>();

  /** A received message with its own copy of the bytes. */
  record Heard(
      IpAddress source,
      IpAddress destination,
      int hopLimit,
      long receivedAt,
      long deliveredAt,
      String message) {}

  private final class Receiver implements AdvertReceiver {
    @Override
    public void received(ReceivedAdvert message) {
      heard.add(
          new Heard(
              message.source(),
              message.destination(),
              message.hopLimit(),
              message.receivedAt(),
              platform.timers().now(),
              HexFormat.of()
                  .formatHex(
                      message.buffer(), message.offset(), message.offset() + message.length())));
    }

    @Override
    public void sendFailed(IpAddress destination, Outcome.Failed failure) {
      failures.add(failure);
    }
  }

  Member(LabHost host) {
    this(host, FenceOptions.NONE);
  }

  Member(LabHost host, FenceOptions fences) {
    this.host = host;
    platform =
        LinuxPlatform.open(
            new PlatformOptions(host.name(), fences), NetworkNamespace.threads(host.namespace()));
  }

  /** Closes every port and forgets what it has heard. */
  void closePorts() {
    run(() -> ports.forEach(AdvertPort::close));
    ports.clear();
    heard.clear();
    failures.clear();
  }

  /** Runs on the loop and waits for the result. */
  <T> T call(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    platform.execute(() -> {
      try {
        result.complete(work.call());
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
    });
    try {
      return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("the loop of " + host.name() + " does not answer", e);
    }
  }

  void run(Runnable work) {
    call(() -> {
      work.run();
      return true;
    });
  }

  AdvertPort open(IpFamily family) {
    return open(LabHost.INTERFACE, family);
  }

  AdvertPort open(String interfaceName, IpFamily family) {
    AdvertPort port = call(() -> platform.adverts().open(interfaceName, family, new Receiver()));
    ports.add(port);
    return port;
  }

  Heard take() {
    return take(heard, "a VRRP message");
  }

  <T> T take(BlockingQueue<T> queue, String what) {
    try {
      T item = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (item == null) {
        throw new AssertionError(host.name() + " got no " + what);
      }
      return item;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  IpAddress address() {
    return IpAddress.parse(host.address());
  }

  /** The link-local address of the interface. */
  IpAddress linkLocal() {
    return call(() ->
        platform
            .links()
            .find(LabHost.INTERFACE)
            .flatMap(link -> link.sources(IpFamily.IPV6).findFirst())
            .orElseThrow());
  }

  @Override
  public void close() {
    platform.close();
  }
}
