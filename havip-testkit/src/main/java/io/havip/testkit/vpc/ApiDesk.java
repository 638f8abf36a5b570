package io.havip.testkit.vpc;

import io.havip.core.vpc.VpcCommand;
import io.havip.core.vpc.VpcRefusal;
import io.havip.core.vpc.VpcResult;
import io.havip.core.vpc.VpcRules;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.vpc.ApiReply.TaskStatus;
import io.havip.vpc.ElasticIp;
import io.havip.vpc.ResourceId;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries out writes: tokens, conditions, one task a resource, and the tasks themselves. */
final class ApiDesk {

  private record Answered(ApiRequest.Write request, ApiReply reply) {}

  private final SimVpc vpc;
  private final Simulation simulation;
  private final Map<String, Answered> tokens = new HashMap<>();
  private final Map<String, ApiReply.Task> tasks = new HashMap<>();
  private final Set<ResourceId> busy = new HashSet<>();

  ApiDesk(SimVpc vpc, Simulation simulation) {
    this.vpc = vpc;
    this.simulation = simulation;
  }

  ApiReply task(String task) {
    ApiReply.Task found = tasks.get(task);
    return found == null ? new ApiReply.Failed(ApiError.NO_SUCH_TASK, null) : found;
  }

  ApiReply write(ApiRequest.Write request, Duration taskTime) {
    String token = request.token();
    Answered before = token == null ? null : tokens.get(token);
    if (before != null) {
      return before.request().equals(request)
          ? before.reply()
          : new ApiReply.Failed(ApiError.TOKEN_REUSED, null);
    }
    ApiReply reply = fresh(request, taskTime);
    if (token != null && !(reply instanceof ApiReply.Failed)) {
      tokens.put(token, new Answered(request, reply));
    }
    return reply;
  }

  private ApiReply fresh(ApiRequest.Write request, Duration taskTime) {
    VpcCommand command = request.command();
    Set<ResourceId> touched = touched(command);
    if (!Collections.disjoint(busy, touched)) {
      return new ApiReply.Failed(ApiError.BUSY, null);
    }
    if (request.expected() != null
        && !request.expected().equals(vpc.state().interfaces().get(request.expected().id()))) {
      return new ApiReply.Failed(ApiError.CONDITION_NOT_MET, null);
    }
    if (!isTask(command)) {
      return vpc.attempt(command) instanceof VpcResult.Refused refused
          ? refused(refused.refusal())
          : new ApiReply.Done();
    }
    if (VpcRules.apply(vpc.state(), command) instanceof VpcResult.Refused refused) {
      return refused(refused.refusal());
    }
    String task = "task-" + (tasks.size() + 1);
    tasks.put(task, new ApiReply.Task(TaskStatus.RUNNING, null));
    busy.addAll(touched);
    simulation.schedule(
        simulation.nanos() + taskTime.toNanos(),
        "the end of " + task,
        () -> finish(task, command, touched));
    return new ApiReply.Started(task);
  }

  private void finish(String task, VpcCommand command, Set<ResourceId> touched) {
    busy.removeAll(touched);
    VpcRefusal refusal =
        vpc.attempt(command) instanceof VpcResult.Refused refused ? refused.refusal() : null;
    TaskStatus status = refusal == null ? TaskStatus.SUCCESS : TaskStatus.FAILED;
    tasks.put(task, new ApiReply.Task(status, refusal));
    vpc.note("", task + ", " + command.getClass().getSimpleName() + ": " + status);
  }

  private static ApiReply refused(VpcRefusal refusal) {
    return new ApiReply.Failed(ApiError.REFUSED, refusal);
  }

  /** Whether the call only starts it, as Tencent Cloud's documents say of these. */
  private static boolean isTask(VpcCommand command) {
    return command instanceof VpcCommand.ReleaseHavip
        || command instanceof VpcCommand.BindElasticIp
        || command instanceof VpcCommand.UnbindElasticIp
        || command instanceof VpcCommand.AssignAddress
        || command instanceof VpcCommand.UnassignAddress
        || command instanceof VpcCommand.MigrateAddress;
  }

  /** What no other task may touch meanwhile. */
  private Set<ResourceId> touched(VpcCommand command) {
    return switch (command) {
      case VpcCommand.ReleaseHavip c -> Set.of(c.havip());
      case VpcCommand.RenameHavip c -> Set.of(c.havip());
      case VpcCommand.AddDriftMembers c -> Set.of(c.havip());
      case VpcCommand.RemoveDriftMembers c -> Set.of(c.havip());
      case VpcCommand.UnbindHolder c -> Set.of(c.havip());
      case VpcCommand.BindElasticIp c -> Set.of(c.elasticIp(), c.havip());
      case VpcCommand.UnbindElasticIp c -> bound(vpc.state().elasticIps().get(c.elasticIp()));
      case VpcCommand.AssignAddress c -> Set.of(c.networkInterface());
      case VpcCommand.UnassignAddress c -> Set.of(c.networkInterface());
      case VpcCommand.MigrateAddress c ->
          c.from().equals(c.to()) ? Set.of(c.from()) : Set.of(c.from(), c.to());
      default -> Set.of();
    };
  }

  private static Set<ResourceId> bound(@Nullable ElasticIp elasticIp) {
    if (elasticIp == null) {
      return Set.of();
    }
    return elasticIp.havip() == null
        ? Set.of(elasticIp.id())
        : Set.of(elasticIp.id(), elasticIp.havip());
  }
}
