package io.havip.core.vpc;

import io.havip.vpc.ElasticIp;
import io.havip.vpc.Havip;
import io.havip.vpc.HavipId;
import io.havip.vpc.InstanceId;
import io.havip.vpc.InterfaceId;
import io.havip.vpc.NetworkInterface;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A HAVIP as the console of the cloud shows it: the fields of Tencent Cloud's, in its order, with
 * {@code -} where there is nothing.
 *
 * @param id the HAVIP's id
 * @param name its name
 * @param status whether an instance has it
 * @param address its address
 * @param backendInterface the interface that holds it
 * @param server the instance that interface is attached to
 * @param elasticIp its public address
 * @param vpc the VPC
 * @param subnet the subnet
 * @param applied when it was allocated, ISO 8601, UTC
 */
public record ConsoleView(
    String id,
    String name,
    String status,
    String address,
    String backendInterface,
    String server,
    String elasticIp,
    String vpc,
    String subnet,
    String applied) {

  private static final String NOTHING = "-";

  /**
   * Looks at a HAVIP.
   *
   * @param state where
   * @param havip the HAVIP
   * @return empty if there is no such HAVIP
   */
  public static Optional<ConsoleView> of(VpcState state, HavipId havip) {
    return Optional.ofNullable(state.havips().get(havip)).map(found -> of(state, found));
  }

  /**
   * Returns the fields and their values, for those who lay them out themselves.
   *
   * @return label to value, in the console's order
   */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("ID", id);
    fields.put("Name", name);
    fields.put("Status", status);
    fields.put("Address", address);
    fields.put("Backend ENI", backendInterface);
    fields.put("Server", server);
    fields.put("EIP", elasticIp);
    fields.put("VPC", vpc);
    fields.put("Subnet", subnet);
    fields.put("Applied at", applied);
    return fields;
  }

  /**
   * Returns one line a field: the label, filled up with spaces, and the value.
   *
   * @return lines that end with a newline
   */
  public String text() {
    Map<String, String> fields = fields();
    int width = fields.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
    StringBuilder text = new StringBuilder();
    fields.forEach((label, value) ->
        text.append(label).repeat(" ", width - label.length()).append(value).append('\n'));
    return text.toString();
  }

  private static ConsoleView of(VpcState state, Havip havip) {
    InterfaceId holder = havip.holder();
    InstanceId server = holder == null ? null : instanceOf(state.interfaces().get(holder));
    return new ConsoleView(
        havip.id().value(),
        havip.name(),
        server == null ? "not bound with CVM yet" : "bound with CVM",
        havip.address().toString(),
        holder == null ? NOTHING : holder.value(),
        server == null ? NOTHING : server.value(),
        VpcQueries.elasticIpOf(state, havip.id())
            .map(ElasticIp::publicAddress)
            .map(Object::toString)
            .orElse(NOTHING),
        VpcQueries.vpcOf(state, havip.subnet()).map(Object::toString).orElse(NOTHING),
        havip.subnet().value(),
        havip.created().toString());
  }

  private static @Nullable InstanceId instanceOf(@Nullable NetworkInterface found) {
    NetworkInterface.Attachment attachment = found == null ? null : found.attachment();
    return attachment == null ? null : attachment.instance();
  }
}
