package io.havip.examples;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.havip.HavipConfigException;
import io.havip.HavipPlatformException;
import java.io.IOException;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A node in this or another JVM, read through its management bean. Another JVM of the same user and
 * host is attached to; it needs no open port before.
 */
final class RunningNode implements AutoCloseable {

  private final MBeanServerConnection server;
  private final ObjectName name;
  private final AutoCloseable connection;

  private RunningNode(MBeanServerConnection server, ObjectName name, AutoCloseable connection) {
    this.server = server;
    this.name = name;
    this.connection = connection;
  }

  /** A node behind a connection; with several the first by name. */
  static RunningNode in(MBeanServerConnection server, AutoCloseable connection) {
    try {
      Set<ObjectName> found = server.queryNames(new ObjectName("io.havip:type=Node,*"), null);
      ObjectName first =
          found.stream()
              .sorted()
              .findFirst()
              .orElseThrow(() ->
                  new HavipConfigException(
                      "the process shows no node: call HavipBean.register(node) in it"));
      return new RunningNode(server, first, connection);
    } catch (JMException | IOException e) {
      throw unreachable("its beans cannot be read", e);
    }
  }

  /** Attaches to a process, whose agent the caller trusts as himself: it is of the same user. */
  @SuppressWarnings("BanJNDI")
  static RunningNode attach(String pid) {
    try {
      VirtualMachine machine = VirtualMachine.attach(pid);
      try {
        JMXServiceURL url = new JMXServiceURL(machine.startLocalManagementAgent());
        JMXConnector connector = JMXConnectorFactory.connect(url);
        return in(connector.getMBeanServerConnection(), connector);
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException | IOException e) {
      throw unreachable(
          "process " + pid + " cannot be attached to; be its user, in its network namespace", e);
    }
  }

  private static HavipPlatformException unreachable(String words, Exception cause) {
    String first = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new HavipPlatformException(words + ": " + first, cause);
  }

  String text(String attribute) {
    return read(attribute).toString();
  }

  CompositeData[] rows(String attribute) {
    return (CompositeData[]) read(attribute);
  }

  CompositeData row(String attribute) {
    return (CompositeData) read(attribute);
  }

  private Object read(String attribute) {
    try {
      return server.getAttribute(name, attribute);
    } catch (JMException | IOException e) {
      throw new HavipPlatformException("the node has ended, or does not answer any more", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (Exception e) {
      throw unreachable("the connection cannot be closed", e);
    }
  }
}
