package io.havip.testkit.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks an address for a name again and again and prints each attempt as a line. Arguments: address,
 * port, interval in nanoseconds, timeout in milliseconds.
 */
final class ProberMain {

  private ProberMain() {}

  public static void main(String[] arguments) {
    InetSocketAddress target = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
    long interval = Long.parseLong(arguments[2]);
    int timeoutMillis = Integer.parseInt(arguments[3]);
    while (true) {
      Probe.Attempt attempt = attempt(target, timeoutMillis);
      System.out.println(attempt.line());
      long next = attempt.nanos() + interval;
      for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
  }

  private static Probe.Attempt attempt(InetSocketAddress target, int timeoutMillis) {
    long start = System.nanoTime();
    Probe.Outcome outcome;
    String host = "";
    try (Socket socket = new Socket()) {
      // Closing with a reset leaves no TIME_WAIT behind, or ports would run out.
      socket.setSoLinger(true, 0);
      socket.setSoTimeout(timeoutMillis);
      socket.connect(target, timeoutMillis);
      String answer =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      outcome = answer == null ? Probe.Outcome.BROKEN : Probe.Outcome.ANSWERED;
      host = answer == null ? "" : answer;
    } catch (SocketTimeoutException e) {
      outcome = Probe.Outcome.TIMED_OUT;
    } catch (NoRouteToHostException e) {
      outcome = Probe.Outcome.NO_ROUTE;
    } catch (ConnectException e) {
      outcome = Probe.Outcome.REFUSED;
    } catch (IOException e) {
      outcome = Probe.Outcome.BROKEN;
    }
    return new Probe.Attempt(start, Duration.ofNanos(System.nanoTime() - start), outcome, host);
  }
}
