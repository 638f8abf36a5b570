package io.havip.testkit.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/**
 * Connects once, writes a byte again and again, and prints a line for each that comes back.
 * Arguments: address, port, interval in nanoseconds.
 */
final class TalkerMain {

  static final String ECHO = "echo ";

  private TalkerMain() {}

  public static void main(String[] arguments) throws IOException {
    long interval = Long.parseLong(arguments[2]);
    try (Socket socket = new Socket(arguments[0], Integer.parseInt(arguments[1]))) {
      socket.setTcpNoDelay(true);
      InputStream input = socket.getInputStream();
      int next = input.read();
      while (next >= 0 && next != '\n') {
        next = input.read();
      }
      Thread.ofPlatform().daemon().start(() -> talk(socket, interval));
      while (input.read() >= 0) {
        System.out.println(ECHO + System.nanoTime());
      }
    }
  }

  private static void talk(Socket socket, long interval) {
    try {
      OutputStream output = socket.getOutputStream();
      while (true) {
        output.write('.');
        LockSupport.parkNanos(interval);
      }
    } catch (IOException e) {
      System.err.println("cannot write any more: " + e);
    }
  }
}
