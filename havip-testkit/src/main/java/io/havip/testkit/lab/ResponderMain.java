package io.havip.testkit.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers every connection with a name. Arguments: name, port. */
final class ResponderMain {

  static final String READY = "listening";

  private ResponderMain() {}

  public static void main(String[] arguments) throws IOException {
    byte[] answer = (arguments[0] + "\n").getBytes(StandardCharsets.UTF_8);
    try (ServerSocket server = new ServerSocket()) {
      server.bind(new InetSocketAddress(Integer.parseInt(arguments[1])), 1024);
      System.out.println(READY);
      while (true) {
        answer(server, answer);
      }
    }
  }

  private static void answer(ServerSocket server, byte[] answer) throws IOException {
    try (Socket client = server.accept()) {
      client.getOutputStream().write(answer);
    } catch (IOException e) {
      System.err.println("client lost: " + e);
    }
  }
}
