package io.havip.tencent.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.havip.tencent.credentials.Credentials;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The API in front of a {@link FakeNetwork}: verifies every signature, keeps tasks running for some
 * polls, refuses a second task for the same resource, pages its descriptions, and misbehaves when
 * told to. Its time is the system's, as the Date header of the server is.
 */
public final class FakeVpcApi implements AutoCloseable {

  /** How many results a page holds at most. */
  private static final int LARGEST_PAGE = 100;

  private static final String REGION = "ap-guangzhou";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One request as it came. */
  public record Call(String action, JsonNode body) {}

  /** What happens to a request instead of the usual. */
  public enum Fault {
    /** Nothing is done, and the connection is cut. */
    DROP,
    /** It is carried out, and the connection is cut before the reply. */
    LOSE_REPLY,
    /** No reply until the server stops. */
    HANG
  }

  private record Misbehaviour(String action, Fault fault, String code, String raw) {}

  private static final class Task {
    final String resource;
    final Runnable effect;
    int polls;

    Task(String resource, Runnable effect, int polls) {
      this.resource = resource;
      this.effect = effect;
      this.polls = polls;
    }
  }

  private final FakeNetwork network;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final List<Misbehaviour> misbehaviours = new CopyOnWriteArrayList<>();
  private final Map<String, Task> tasks = new HashMap<>();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final LocalServer server = new LocalServer(this::handle);
  private volatile Credentials accepted;
  private volatile int taskPolls = 2;
  private volatile String taskFailure = "";
  private volatile Fault always;
  private volatile String refusal = "";
  private int requests;

  public FakeVpcApi(FakeNetwork network, Credentials accepted) {
    this.network = network;
    this.accepted = accepted;
  }

  public URI uri() {
    return server.uri();
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** {@return the actions that came, in order} */
  public List<String> actions() {
    return calls.stream().map(Call::action).toList();
  }

  public void accept(Credentials credentials) {
    accepted = credentials;
  }

  /** The next request for the action is refused with a code, as often as this is called. */
  public void refuse(String action, String code) {
    misbehaviours.add(new Misbehaviour(action, null, code, null));
  }

  public void fault(String action, Fault fault) {
    misbehaviours.add(new Misbehaviour(action, fault, null, null));
  }

  /** The next request for the action is answered with this text and HTTP status 200. */
  public void answerWith(String action, String raw) {
    misbehaviours.add(new Misbehaviour(action, null, null, raw));
  }

  /** From now on this happens to every request; null ends the fault. */
  public void always(Fault fault) {
    always = fault;
  }

  /** From now on every request is refused with a code; empty ends the fault. */
  public void refuseAll(String code) {
    refusal = code;
  }

  /** How often a task says that it is running. */
  public void taskPolls(int polls) {
    taskPolls = polls;
  }

  /** From now on tasks fail with this output and change nothing; empty ends the fault. */
  public void failTasks(String output) {
    taskFailure = output;
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String action = String.valueOf(exchange.getRequestHeaders().getFirst("X-TC-Action"));
    JsonNode request = JSON.readTree(body);
    calls.add(new Call(action, request));
    Optional<Misbehaviour> misbehaviour =
        misbehaviours.stream().filter(each -> each.action().equals(action)).findFirst();
    misbehaviour.ifPresent(misbehaviours::remove);
    Fault fault = misbehaviour.map(Misbehaviour::fault).orElse(always);
    if (fault == Fault.DROP) {
      exchange.close();
      return;
    }
    if (fault == Fault.HANG) {
      hanging.countDown();
      await(stopping);
      exchange.close();
      return;
    }
    String reply =
        misbehaviour
            .map(Misbehaviour::raw)
            .orElseGet(
                () -> reply(exchange, body, action, request, misbehaviour.map(Misbehaviour::code)));
    if (fault == Fault.LOSE_REPLY) {
      exchange.close();
      return;
    }
    LocalServer.answer(exchange, 200, reply.getBytes(UTF_8));
  }

  /** Waits until a request hangs. */
  public void awaitHanging() {
    await(hanging);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("waited a minute for nothing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized String reply(
      HttpExchange exchange, byte[] body, String action, JsonNode request, Optional<String> code) {
    ObjectNode envelope = FakeNetwork.JSON.objectNode();
    String requestId = "req-" + ++requests;
    ObjectNode response = envelope.putObject("Response");
    try {
      String region = exchange.getRequestHeaders().getFirst("X-TC-Region");
      Tc3Check.refusal(exchange.getRequestHeaders(), body, accepted, Instant.now())
          .or(() -> code)
          .or(() -> Optional.of(refusal).filter(each -> !each.isEmpty()))
          .ifPresent(refusal -> {
            throw new ApiError(refusal);
          });
      if (!region.startsWith("ap-")) {
        throw new ApiError("UnsupportedRegion");
      }
      response.setAll(carryOut(action, request, requestId, region.equals(REGION)));
    } catch (ApiError e) {
      ObjectNode error = response.removeAll().putObject("Error");
      // Like the real one, some messages repeat who asked.
      error
          .put("Code", e.code())
          .put("Message", "The request of " + accepted.secretId() + " failed.");
    }
    response.put("RequestId", requestId);
    return envelope.toString();
  }

  private ObjectNode carryOut(String action, JsonNode body, String id, boolean here) {
    return switch (action) {
      case "DescribeHaVips" ->
          page(body, "HaVipSet", here ? network.haVips(filters(body)) : JSON.createArrayNode());
      case "DescribeNetworkInterfaces" ->
          page(
              body,
              "NetworkInterfaceSet",
              here
                  ? network.interfaces(filters(body), texts(body.path("NetworkInterfaceIds")))
                  : JSON.createArrayNode());
      case "DescribeSubnets" -> page(body, "SubnetSet", subnets(texts(body.path("SubnetIds"))));
      case "DescribeVpcLimits" -> limits(body);
      case "DescribeVpcTaskResult" -> poll(body.path("TaskId").asText());
      default -> {
        if (!here) {
          throw new ApiError("ResourceNotFound");
        }
        yield write(action, body, id);
      }
    };
  }

  private ObjectNode write(String action, JsonNode body, String id) {
    String havip = body.path("HaVipId").asText();
    ObjectNode nothing = JSON.createObjectNode();
    switch (action) {
      case "CreateHaVip" -> nothing.set("HaVip", network.create(body));
      case "ModifyHaVipAttribute" ->
          network.existing(havip).put("HaVipName", body.path("HaVipName").asText());
      case "AssociateHaVipInstance" -> members(body).forEach(network::associate);
      case "DisassociateHaVipInstance" -> members(body).forEach(network::disassociate);
      case "DeleteHaVip" -> start(id, havip, () -> network.delete(havip));
      case "HaVipAssociateAddressIp" ->
          start(id, havip, () -> network.bindEip(havip, body.path("AddressIp").asText()));
      case "HaVipDisassociateAddressIp" -> start(id, havip, () -> network.unbindEip(havip));
      case "MigratePrivateIpAddress" -> {
        String address = body.path("PrivateIpAddress").asText();
        String from = body.path("SourceNetworkInterfaceId").asText();
        String to = body.path("DestinationNetworkInterfaceId").asText();
        start(id, address, () -> network.migrate(address, from, to));
      }
      case "AssignPrivateIpAddresses", "UnassignPrivateIpAddresses" -> {
        String address = body.path("PrivateIpAddresses").path(0).path("PrivateIpAddress").asText();
        String eni = body.path("NetworkInterfaceId").asText();
        start(
            id,
            address,
            action.startsWith("Assign")
                ? () -> network.assign(address, eni)
                : () -> network.unassign(address, eni));
      }
      default -> throw new ApiError("InvalidAction");
    }
    return nothing;
  }

  private static JsonNode members(JsonNode body) {
    JsonNode set = body.path("HaVipAssociationSet");
    if (set.size() > 10) {
      throw new ApiError("LimitExceeded");
    }
    return set;
  }

  /** The effect is refused at once where it would be, and otherwise comes with the task's end. */
  private void start(String id, String resource, Runnable effect) {
    if (tasks.values().stream()
        .anyMatch(each -> each.polls > 0 && each.resource.equals(resource))) {
      throw new ApiError("UnsupportedOperation.MutexOperationTaskRunning");
    }
    if (taskPolls == 0 && taskFailure.isEmpty()) {
      effect.run();
    }
    tasks.put(id, new Task(resource, effect, taskPolls));
  }

  private ObjectNode poll(String id) {
    Task task = tasks.get(id);
    if (task == null) {
      throw new ApiError("ResourceNotFound");
    }
    ObjectNode status = JSON.createObjectNode().put("Output", "");
    if (!taskFailure.isEmpty()) {
      task.polls = 0;
      return status.put("Status", "FAILED").put("Output", taskFailure);
    }
    if (task.polls > 0) {
      task.polls--;
      if (task.polls > 0) {
        return status.put("Status", "RUNNING");
      }
      try {
        task.effect.run();
      } catch (ApiError e) {
        return status.put("Status", "FAILED").put("Output", e.code());
      }
    }
    return status.put("Status", "SUCCESS");
  }

  private static ObjectNode page(JsonNode body, String set, ArrayNode all) {
    if (body.has("Filters") && (body.has("HaVipIds") || body.has("NetworkInterfaceIds"))) {
      throw new ApiError("InvalidParameter.Coexist");
    }
    int limit = body.path("Limit").asInt(20);
    int offset = body.path("Offset").asInt(0);
    if (limit > LARGEST_PAGE) {
      throw new ApiError("InvalidParameterValue.Range");
    }
    ObjectNode answer = JSON.createObjectNode().put("TotalCount", all.size());
    ArrayNode page = answer.putArray(set);
    for (int i = offset; i < Math.min(all.size(), offset + limit); i++) {
      page.add(all.get(i));
    }
    return answer;
  }

  private static ArrayNode subnets(List<String> ids) {
    ArrayNode set = JSON.createArrayNode();
    for (String id : ids) {
      String third = id.equals("subnet-1") ? "0" : "1";
      set.addObject().put("SubnetId", id).put("CidrBlock", "10.0." + third + ".0/24");
    }
    return set;
  }

  private static ObjectNode limits(JsonNode body) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode set = answer.putArray("VpcLimitSet");
    for (String type : texts(body.path("LimitTypes"))) {
      set.addObject().put("LimitType", type).put("LimitValue", 10);
    }
    return answer;
  }

  private static Map<String, String> filters(JsonNode body) {
    Map<String, String> filters = new HashMap<>();
    for (JsonNode each : body.path("Filters")) {
      filters.put(each.path("Name").asText(), each.path("Values").path(0).asText());
    }
    return filters;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  @Override
  public void close() {
    stopping.countDown();
    server.close();
  }
}
