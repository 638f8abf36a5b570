package io.havip.core.observe;

import io.havip.HavipNode;
import io.havip.NodeSnapshot;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanAttributeInfoSupport;
import javax.management.openmbean.OpenMBeanInfoSupport;

/**
 * A node as a bean of the JVM's management, which jconsole, VisualVM, a JMX exporter and {@code
 * examples top} read. Read-only: it has attributes and no operations.
 *
 * <p>Its attributes are the components of {@link NodeSnapshot}: {@code Routers} and what is below
 * them are composite data under the names of {@link io.havip.RouterSnapshot}; durations are
 * seconds. Each read of an attribute takes a snapshot on the node's loop.
 */
public final class HavipBean implements AutoCloseable {

  private final MBeanServer server;
  private final ObjectName name;

  private HavipBean(MBeanServer server, ObjectName name) {
    this.server = server;
    this.name = name;
  }

  /**
   * Registers a bean for a node at the platform's server, under the name {@code
   * io.havip:type=Node,name="NAME"}; a second node of the same name gets a number after it.
   *
   * @param node the node; the bean does not keep it alive longer than its registration
   * @return the registration; close it when the node is closed
   * @throws IllegalStateException if the JVM does not let it be registered
   */
  public static HavipBean register(HavipNode node) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      String plain = node.config().name();
      ObjectName name = name(plain);
      for (int n = 2; server.isRegistered(name); n++) {
        name = name(plain + "-" + n);
      }
      server.registerMBean(new View(node), name);
      return new HavipBean(server, name);
    } catch (JMException e) {
      throw new IllegalStateException("the bean cannot be registered: " + e.getMessage(), e);
    }
  }

  private static ObjectName name(String node) throws JMException {
    return new ObjectName("io.havip:type=Node,name=" + ObjectName.quote(node));
  }

  /** {@return under what name it is registered} */
  public String name() {
    return name.toString();
  }

  /** Takes the bean away. Idempotent. */
  @Override
  public void close() {
    try {
      if (server.isRegistered(name)) {
        server.unregisterMBean(name);
      }
    } catch (JMException e) {
      throw new IllegalStateException("the bean cannot be taken away: " + e.getMessage(), e);
    }
  }

  /** What the server asks. */
  private static final class View implements DynamicMBean {

    private final HavipNode node;

    private View(HavipNode node) {
      this.node = node;
    }

    private static String attribute(RecordComponent component) {
      String name = component.getName();
      return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    @Override
    public Object getAttribute(String wanted) throws AttributeNotFoundException, MBeanException {
      for (RecordComponent component : NodeSnapshot.class.getRecordComponents()) {
        if (attribute(component).equals(wanted)) {
          try {
            Object value = component.getAccessor().invoke(node.snapshot());
            Object open = OpenData.of(component.getGenericType(), value);
            return open == null ? "" : open;
          } catch (IllegalAccessException | InvocationTargetException | OpenDataException e) {
            throw new MBeanException(e);
          }
        }
      }
      throw new AttributeNotFoundException(wanted);
    }

    @Override
    public AttributeList getAttributes(String[] wanted) {
      AttributeList found = new AttributeList();
      for (String each : wanted) {
        try {
          found.add(new Attribute(each, getAttribute(each)));
        } catch (AttributeNotFoundException | MBeanException e) {
          // As the interface asks: what cannot be read is left out.
        }
      }
      return found;
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
      throw new AttributeNotFoundException("a node's bean is read-only");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
      return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] parameters, String[] signature)
        throws ReflectionException {
      throw new ReflectionException(new NoSuchMethodException(action));
    }

    @Override
    public MBeanInfo getMBeanInfo() {
      RecordComponent[] components = NodeSnapshot.class.getRecordComponents();
      OpenMBeanAttributeInfo[] attributes = new OpenMBeanAttributeInfo[components.length];
      try {
        for (int i = 0; i < components.length; i++) {
          attributes[i] =
              new OpenMBeanAttributeInfoSupport(
                  attribute(components[i]),
                  components[i].getName() + " of io.havip.NodeSnapshot",
                  OpenData.typeOf(components[i].getGenericType()),
                  true,
                  false,
                  false);
        }
      } catch (OpenDataException e) {
        throw new IllegalStateException(e);
      }
      return new OpenMBeanInfoSupport(
          HavipBean.class.getName(), "A running HAVIP node", attributes, null, null, null);
    }
  }
}
