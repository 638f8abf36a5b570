package io.havip.tencent.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.havip.net.Cidr;
import io.havip.spi.cloud.CallOutcome;
import io.havip.spi.cloud.CloudFailure;
import io.havip.spi.cloud.CloudFailureKind;
import io.havip.spi.cloud.CloudResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The reading actions, the tasks, and the moves of a private address. */
public final class VpcApi {

  /** The most that one page of a description may hold. */
  static final int PAGE = 100;

  /** More pages than any account has; a counter that lies must not keep us for ever. */
  private static final int MOST_PAGES = 100;

  private static final Duration TASK_PAUSE = Duration.ofMillis(300);

  private final ApiClient client;

  /**
   * Speaks through a client.
   *
   * @param client the client
   */
  public VpcApi(ApiClient client) {
    this.client = client;
  }

  /**
   * {@code DescribeHaVips} of one address, in all its pages.
   *
   * @param vpc the VPC, or the empty string for all of the region
   * @param vip the address
   * @param deadline when it must be over
   * @return those found
   */
  public CloudResult<List<HaVip>> haVips(String vpc, String vip, Deadline deadline) {
    ApiRequest request = ApiRequest.read("DescribeHaVips", "describe HAVIP " + vip);
    request.withFilter("vip", vip);
    if (!vpc.isEmpty()) {
      request.withFilter("vpc-id", vpc);
    }
    return Results.map(
        pages(request, "HaVipSet", HaVip::read, deadline),
        found -> found.stream().filter(each -> each.vip().equals(vip)).toList());
  }

  /**
   * {@code DescribeNetworkInterfaces} of an instance.
   *
   * @param instance the instance
   * @param deadline when it must be over
   * @return its interfaces
   */
  public CloudResult<List<NetworkInterface>> interfacesOf(String instance, Deadline deadline) {
    ApiRequest request =
        ApiRequest.read("DescribeNetworkInterfaces", "find the interfaces of " + instance)
            .withFilter("attachment.instance-id", instance);
    return pages(request, "NetworkInterfaceSet", NetworkInterface::read, deadline);
  }

  /**
   * {@code DescribeNetworkInterfaces} of one interface.
   *
   * @param id its id
   * @param deadline when it must be over
   * @return the interface, in a list of one
   */
  public CloudResult<List<NetworkInterface>> interfaceById(String id, Deadline deadline) {
    ApiRequest request =
        ApiRequest.read("DescribeNetworkInterfaces", "find the interface " + id)
            .withList("NetworkInterfaceIds", List.of(id));
    return pages(request, "NetworkInterfaceSet", NetworkInterface::read, deadline);
  }

  /**
   * {@code DescribeNetworkInterfaces}: who has a private address.
   *
   * @param vpc the VPC
   * @param address the address
   * @param deadline when it must be over
   * @return the interface that has it, if one has
   */
  public CloudResult<Optional<NetworkInterface>> holderOf(
      String vpc, String address, Deadline deadline) {
    ApiRequest request =
        ApiRequest.read("DescribeNetworkInterfaces", "find the holder of " + address)
            .withFilter("vpc-id", vpc)
            .withFilter("address-ip", address)
            .withFilter("ip-exact-match", "true");
    // Compared again: without the last filter the API matches ends of addresses.
    return Results.map(
        pages(request, "NetworkInterfaceSet", NetworkInterface::read, deadline),
        found ->
            found.stream()
                .filter(
                    each -> each.addresses().stream().anyMatch(a -> a.address().equals(address)))
                .findFirst());
  }

  /**
   * {@code DescribeSubnets}: the address ranges of subnets.
   *
   * @param ids the subnets, at most a hundred
   * @param deadline when it must be over
   * @return the range of each, by its id
   */
  public CloudResult<Map<String, Cidr>> ranges(Collection<String> ids, Deadline deadline) {
    ApiRequest request =
        ApiRequest.read("DescribeSubnets", "read the ranges of " + String.join(", ", ids))
            .withList("SubnetIds", ids);
    return Results.then(
        pages(request, "SubnetSet", node -> node, deadline),
        found -> {
          Map<String, Cidr> ranges = new TreeMap<>();
          try {
            found.forEach(node ->
                ranges.put(
                    HaVip.text(node, "SubnetId"), Cidr.parse(HaVip.text(node, "CidrBlock"))));
          } catch (IllegalArgumentException e) {
            return new CloudResult.Failed<>(unclear(request, "a subnet without its CidrBlock"));
          }
          return new CloudResult.Done<>(ranges);
        });
  }

  /**
   * {@code MigratePrivateIpAddress}, waiting for its task.
   *
   * @param address the address
   * @param source the interface that has it
   * @param destination the interface that shall have it
   * @param deadline when it must be over
   * @return done, or why not
   */
  public CloudResult<ApiAnswer> migrate(
      String address, String source, String destination, Deadline deadline) {
    return task(
        ApiRequest.write(
                "MigratePrivateIpAddress",
                "move " + address + " from " + source + " to " + destination)
            .with("SourceNetworkInterfaceId", source)
            .with("DestinationNetworkInterfaceId", destination)
            .with("PrivateIpAddress", address),
        deadline);
  }

  /**
   * {@code AssignPrivateIpAddresses} of an address that nobody has, waiting for its task.
   *
   * @param address the address
   * @param networkInterface the interface that shall have it
   * @param deadline when it must be over
   * @return done, or why not
   */
  public CloudResult<ApiAnswer> assign(String address, String networkInterface, Deadline deadline) {
    ApiRequest request =
        ApiRequest.write(
                "AssignPrivateIpAddresses", "assign " + address + " to " + networkInterface)
            .with("NetworkInterfaceId", networkInterface);
    request
        .parameters()
        .withArrayProperty("PrivateIpAddresses")
        .addObject()
        .put("PrivateIpAddress", address);
    return task(request, deadline);
  }

  /**
   * {@code UnassignPrivateIpAddresses}, waiting for its task. The API takes the address from this
   * interface or from none.
   *
   * @param address the address
   * @param networkInterface the interface that has it
   * @param deadline when it must be over
   * @return done, or why not
   */
  public CloudResult<ApiAnswer> unassign(
      String address, String networkInterface, Deadline deadline) {
    ApiRequest request =
        ApiRequest.write(
                "UnassignPrivateIpAddresses", "unassign " + address + " from " + networkInterface)
            .with("NetworkInterfaceId", networkInterface);
    request
        .parameters()
        .withArrayProperty("PrivateIpAddresses")
        .addObject()
        .put("PrivateIpAddress", address);
    return task(request, deadline);
  }

  /**
   * {@code DescribeVpcLimits}: how many HAVIPs a VPC may have.
   *
   * @param deadline when it must be over
   * @return the quota
   */
  public CloudResult<Integer> haVipQuota(Deadline deadline) {
    ApiRequest request =
        ApiRequest.read("DescribeVpcLimits", "read the quota of HAVIPs")
            .withList("LimitTypes", List.of("vpc-max-havips"));
    return Results.then(
        client.call(request, deadline),
        answer -> {
          for (JsonNode limit : answer.body().path("VpcLimitSet")) {
            if (limit.path("LimitType").asText().equals("vpc-max-havips")) {
              return new CloudResult.Done<>(limit.path("LimitValue").asInt());
            }
          }
          return new CloudResult.Failed<>(
              unclear(request, "the answer does not hold vpc-max-havips"));
        });
  }

  /**
   * Carries out an asynchronous action: sends it once and waits until its task has ended.
   *
   * @param request the action
   * @param deadline when it must be over
   * @return the answer of the action, or why it is not done. If the task failed, or its end was not
   *     seen, the outcome is unknown.
   */
  public CloudResult<ApiAnswer> task(ApiRequest request, Deadline deadline) {
    return Results.then(
        client.call(request, deadline), answer -> awaitTask(request, answer, deadline));
  }

  /**
   * Carries out an action that is done when it is answered.
   *
   * @param request the action
   * @param deadline when it must be over
   * @return the answer, or why there is none
   */
  public CloudResult<ApiAnswer> call(ApiRequest request, Deadline deadline) {
    return client.call(request, deadline);
  }

  private CloudResult<ApiAnswer> awaitTask(
      ApiRequest request, ApiAnswer accepted, Deadline deadline) {
    ApiRequest poll =
        ApiRequest.read("DescribeVpcTaskResult", request.operation())
            .with("TaskId", accepted.requestId());
    while (true) {
      CloudResult<ApiAnswer> result = client.call(poll, deadline);
      if (result instanceof CloudResult.Failed<ApiAnswer>(CloudFailure cause)) {
        return new CloudResult.Failed<>(
            unclear(
                cause.kind(),
                request,
                "accepted as task " + accepted.requestId() + ", but then: " + cause.message()));
      }
      JsonNode body = ((CloudResult.Done<ApiAnswer>) result).value().body();
      switch (body.path("Status").asText()) {
        case "SUCCESS" -> {
          return new CloudResult.Done<>(accepted);
        }
        case "FAILED" -> {
          return new CloudResult.Failed<>(
              unclear(
                  CloudFailureKind.INCORRECT_STATE,
                  request,
                  "task " + accepted.requestId() + " failed: " + HaVip.text(body, "Output")));
        }
        default -> {
          if (!waited(deadline)) {
            return new CloudResult.Failed<>(
                unclear(
                    CloudFailureKind.TIMEOUT,
                    request,
                    "task " + accepted.requestId() + " was still running at the deadline"));
          }
        }
      }
    }
  }

  private boolean waited(Deadline deadline) {
    if (TASK_PAUSE.compareTo(deadline.remaining()) >= 0) {
      return false;
    }
    try {
      client.pauses().pause(TASK_PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private <T> CloudResult<List<T>> pages(
      ApiRequest request, String set, Function<JsonNode, T> read, Deadline deadline) {
    List<T> found = new ArrayList<>();
    request.parameters().put("Limit", PAGE);
    for (int page = 0; page < MOST_PAGES; page++) {
      request.parameters().put("Offset", page * PAGE);
      CloudResult<ApiAnswer> result = client.call(request, deadline);
      if (result instanceof CloudResult.Failed<ApiAnswer>(CloudFailure failure)) {
        return new CloudResult.Failed<>(failure);
      }
      JsonNode body = ((CloudResult.Done<ApiAnswer>) result).value().body();
      if (!body.path(set).isArray() || !body.path("TotalCount").isIntegralNumber()) {
        // Read as "there is none" it would be a lie that moves addresses.
        return new CloudResult.Failed<>(
            unclear(request, "the answer holds no " + set + " with its TotalCount"));
      }
      body.path(set).forEach(node -> found.add(read.apply(node)));
      if (body.path(set).isEmpty() || (page + 1) * PAGE >= body.path("TotalCount").asInt()) {
        return new CloudResult.Done<>(List.copyOf(found));
      }
    }
    return new CloudResult.Failed<>(unclear(request, "more than " + MOST_PAGES + " pages"));
  }

  private static CloudFailure unclear(ApiRequest request, String message) {
    return unclear(CloudFailureKind.UNAVAILABLE, request, message);
  }

  private static CloudFailure unclear(CloudFailureKind kind, ApiRequest request, String message) {
    return CloudFailure.of(
        kind,
        request.writes() ? CallOutcome.UNKNOWN : CallOutcome.NOT_APPLIED,
        request.operation(),
        message,
        "");
  }
}
