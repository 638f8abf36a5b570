package io.havip.testkit.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers every connection with a name, then echoes what it is sent. Arguments: name, port. */
final class ResponderMain {

  static final String READY = "listening";

  private ResponderMain() {}

  public static void main(String[] arguments) throws IOException {
    byte[] answer = (arguments[0] + "\n").getBytes(StandardCharsets.UTF_8);
    try (ServerSocket server = new ServerSocket()) {
      server.bind(new InetSocketAddress(Integer.parseInt(arguments[1])), 1024);
      System.out.println(READY);
      while (true) {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> answer(client, answer));
      }
    }
  }

  private static void answer(Socket client, byte[] answer) {
    try (client) {
      client.setTcpNoDelay(true);
      OutputStream output = client.getOutputStream();
      output.write(answer);
      InputStream input = client.getInputStream();
      for (int next = input.read(); next >= 0; next = input.read()) {
        output.write(next);
      }
    } catch (IOException e) {
      // The usual end: probes leave with a reset.
    }
  }
}
