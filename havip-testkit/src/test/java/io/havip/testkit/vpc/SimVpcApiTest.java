package io.havip.testkit.vpc;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.havip.core.vpc.HavipRefusal;
import io.havip.core.vpc.VpcCommand;
import io.havip.net.IpAddress;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.vpc.ApiReply.TaskStatus;
import io.havip.vpc.DriftRange;
import io.havip.vpc.ElasticIpId;
import io.havip.vpc.HavipId;
import io.havip.vpc.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The API fails the way cloud APIs fail, and never does half a thing. */
class SimVpcApiTest {

  private static final HavipId HAVIP = new HavipId("havip-1");
  private static final ElasticIpId EIP = new ElasticIpId("eip-203.0.113.9");
  private static final ApiProfile EXACT =
      ApiProfile.DEFAULT
          .withLatency(ofMillis(100), ofMillis(100))
          .withTasks(ofSeconds(2), ofSeconds(2))
          .withLag(ZERO);

  private final Simulation sim = Simulation.seeded(3);
  private final SimVpc vpc = new SimVpc(sim, "vpc-1", "10.0.0.0/16");
  private final SimVpcApi api = vpc.api().profile(EXACT);
  private final List<ApiReply> replies = new ArrayList<>();

  SimVpcApiTest() {
    vpc.subnet("10.0.1.0/24").host("a", "10.0.1.7");
    vpc.allocate("havip-1", IpAddress.parse("10.0.1.50"), new DriftRange.Open());
    vpc.apply(new VpcCommand.AllocateElasticIp(EIP, IpAddress.parse("203.0.113.9")));
  }

  private void call(ApiRequest request) {
    api.call("a", request, replies::add);
  }

  private ApiReply ask(ApiRequest request) {
    replies.clear();
    call(request);
    sim.runUntil(() -> !replies.isEmpty(), ofSeconds(10));
    return replies.getLast();
  }

  private ApiReply ask(VpcCommand command) {
    return ask(new ApiRequest.Write(command));
  }

  private static VpcCommand rename(String name) {
    return new VpcCommand.RenameHavip(HAVIP, name);
  }

  private String name() {
    return vpc.state().havips().get(HAVIP).name();
  }

  private static ApiReply failed(ApiError error) {
    return new ApiReply.Failed(error, null);
  }

  @Test
  void writeIsDoneWhenItArrivesAndAnsweredAfterTheLatency() {
    call(new ApiRequest.Write(rename("new")));
    sim.run(ofMillis(49));
    assertThat(name()).isEqualTo("havip-1");
    sim.run(ofMillis(1));
    assertThat(name()).isEqualTo("new");
    assertThat(replies).isEmpty();
    sim.run(ofMillis(50));
    assertThat(replies).containsExactly(new ApiReply.Done());
  }

  @Test
  void refusalNamesTheRuleAndNothingIsDone() {
    assertThat(ask(rename("")))
        .isEqualTo(new ApiReply.Failed(ApiError.REFUSED, new HavipRefusal.HavipNameLength("", 0)));
    assertThat(name()).isEqualTo("havip-1");
  }

  @Test
  void moreThanTwentyCallsOfAnActionInASecondAreThrottled() {
    for (int i = 0; i < 25; i++) {
      call(new ApiRequest.Write(rename("x")));
    }
    call(new ApiRequest.Describe());
    sim.run(ofMillis(200));
    assertThat(replies).filteredOn(failed(ApiError.THROTTLED)::equals).hasSize(5);
    assertThat(replies).filteredOn(new ApiReply.Done()::equals).hasSize(20);
    assertThat(replies.getLast()).isInstanceOf(ApiReply.Described.class);
    assertThat(api.arrived("RenameHavip")).isEqualTo(25);
    sim.run(ofSeconds(1));
    assertThat(ask(rename("y"))).isEqualTo(new ApiReply.Done());
  }

  @Test
  void taskRunsAndThenSucceeds() {
    ApiReply started = ask(new VpcCommand.BindElasticIp(EIP, HAVIP));
    String task = ((ApiReply.Started) started).task();
    assertThat(ask(new ApiRequest.DescribeTask(task)))
        .isEqualTo(new ApiReply.Task(TaskStatus.RUNNING, null));
    assertThat(vpc.state().elasticIps().get(EIP).havip()).isNull();
    sim.run(ofSeconds(2));
    assertThat(ask(new ApiRequest.DescribeTask(task)))
        .isEqualTo(new ApiReply.Task(TaskStatus.SUCCESS, null));
    assertThat(vpc.state().elasticIps().get(EIP).havip()).isEqualTo(HAVIP);
    assertThat(ask(new ApiRequest.DescribeTask("task-99")))
        .isEqualTo(failed(ApiError.NO_SUCH_TASK));
  }

  @Test
  void taskFailsWhenARuleForbidsItInTheEnd() {
    String task = ((ApiReply.Started) ask(new VpcCommand.ReleaseHavip(HAVIP))).task();
    vpc.apply(new VpcCommand.BindElasticIp(EIP, HAVIP));
    sim.run(ofSeconds(3));
    assertThat(ask(new ApiRequest.DescribeTask(task)))
        .isEqualTo(
            new ApiReply.Task(TaskStatus.FAILED, new HavipRefusal.HavipHasElasticIp(HAVIP, EIP)));
    assertThat(vpc.state().havips()).containsKey(HAVIP);
  }

  @Test
  void resourceHasOneTaskAtATime() {
    ask(new VpcCommand.BindElasticIp(EIP, HAVIP));
    assertThat(ask(new VpcCommand.ReleaseHavip(HAVIP))).isEqualTo(failed(ApiError.BUSY));
    assertThat(ask(rename("x"))).isEqualTo(failed(ApiError.BUSY));
    sim.run(ofSeconds(3));
    assertThat(ask(rename("x"))).isEqualTo(new ApiReply.Done());
  }

  @Test
  void lostReplyLeavesTheCallerWithoutAnAnswerAfterTheWriteWasDone() {
    api.loseNextReply("a");
    assertThat(ask(rename("new"))).isEqualTo(new ApiReply.NoReply());
    assertThat(name()).isEqualTo("new");
    assertThat(ask(rename("newer"))).isEqualTo(new ApiReply.Done());
  }

  @Test
  void repliesAreLostUntilThatEnds() {
    api.loseReplies("a", true);
    assertThat(ask(rename("new"))).isEqualTo(new ApiReply.NoReply());
    assertThat(ask(rename("newer"))).isEqualTo(new ApiReply.NoReply());
    assertThat(name()).isEqualTo("newer");
    api.loseReplies("a", false);
    assertThat(ask(rename("newest"))).isEqualTo(new ApiReply.Done());
  }

  @Test
  void lostRequestLooksTheSameToTheCaller() {
    api.profile(EXACT.withLoss(1, 0));
    assertThat(ask(rename("new"))).isEqualTo(new ApiReply.NoReply());
    assertThat(name()).isEqualTo("havip-1");
    assertThat(sim.now()).isEqualTo(ofSeconds(5));
  }

  @Test
  void replySlowerThanTheTimeoutComesTooLate() {
    api.profile(EXACT.withLatency(ofSeconds(7), ofSeconds(7)));
    assertThat(ask(rename("new"))).isEqualTo(new ApiReply.NoReply());
    sim.run(ofSeconds(5));
    assertThat(replies).hasSize(1);
    assertThat(name()).isEqualTo("new");
  }

  @Test
  void blackoutConcernsOneCallerOnly() {
    api.blackout("a", true);
    api.call("b", new ApiRequest.Describe(), replies::add);
    sim.run(ofSeconds(1));
    assertThat(replies).singleElement().isInstanceOf(ApiReply.Described.class);
    assertThat(ask(rename("new"))).isEqualTo(new ApiReply.NoReply());
    assertThat(name()).isEqualTo("havip-1");
    api.blackout("a", false);
    assertThat(ask(rename("new"))).isEqualTo(new ApiReply.Done());
  }

  @Test
  void blackoutThatBeginsMeanwhileTakesTheReply() {
    call(new ApiRequest.Write(rename("new")));
    sim.run(ofMillis(60));
    api.blackout("a", true);
    sim.run(ofSeconds(10));
    assertThat(replies).containsExactly(new ApiReply.NoReply());
    assertThat(name()).isEqualTo("new");
  }

  @Test
  void clockOffByMoreThanFiveMinutesExpiresSignatures() {
    api.clockSkew("a", ofMinutes(-5));
    assertThat(ask(rename("one"))).isEqualTo(new ApiReply.Done());
    api.clockSkew("a", ofMinutes(-5).minusMillis(1));
    assertThat(ask(rename("two"))).isEqualTo(failed(ApiError.SIGNATURE_EXPIRED));
    assertThat(name()).isEqualTo("one");
  }

  @Test
  void callWithoutValidCredentialsIsRefused() {
    api.credentials("a", false);
    assertThat(ask(new ApiRequest.Describe())).isEqualTo(failed(ApiError.UNAUTHENTICATED));
  }

  @Test
  void refusedCallerIsAnsweredWithTheErrorAndNothingIsDone() {
    api.refuse("a", ApiError.FORBIDDEN);
    assertThat(ask(rename("new"))).isEqualTo(failed(ApiError.FORBIDDEN));
    assertThat(name()).isEqualTo("havip-1");
    api.refuse("a", null);
    assertThat(ask(rename("new"))).isEqualTo(new ApiReply.Done());
  }

  @Test
  void describeMayShowWhatWasTrueALittleWhileAgo() {
    api.profile(EXACT.withLag(ofSeconds(10)));
    sim.run(ofSeconds(20));
    vpc.apply(rename("new"));
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      ApiReply.Described reply = (ApiReply.Described) ask(new ApiRequest.Describe());
      shown.add(reply.state().havips().get(HAVIP).name());
      assertThat(reply.asOf()).isBetween(vpc.clock().minusSeconds(11), vpc.clock());
    }
    assertThat(shown).contains("havip-1", "new");
    sim.run(ofSeconds(11));
    ApiReply.Described last = (ApiReply.Described) ask(new ApiRequest.Describe());
    assertThat(last.state()).isEqualTo(vpc.state());
  }

  @Test
  void repeatedTokenRepeatsTheReplyAndChangesNothing() {
    VpcCommand allocate =
        new VpcCommand.AllocateHavip(
            new HavipId("havip-2"),
            "second",
            vpc.state().havips().get(HAVIP).subnet(),
            null,
            new DriftRange.Open(),
            vpc.clock());
    ApiRequest request = new ApiRequest.Write(allocate, "token", null);
    api.loseNextReply("a");
    assertThat(ask(request)).isEqualTo(new ApiReply.NoReply());
    assertThat(ask(request)).isEqualTo(new ApiReply.Done());
    assertThat(vpc.state().havips()).hasSize(2);
    assertThat(ask(new ApiRequest.Write(rename("x"), "token", null)))
        .isEqualTo(failed(ApiError.TOKEN_REUSED));
  }

  @Test
  void conditionalWriteFailsWhenTheInterfaceHasChanged() {
    NetworkInterface known = vpc.state().interfaces().get(vpc.interfaceOf("a", "eth0"));
    VpcCommand assign =
        new VpcCommand.AssignAddress(known.id(), IpAddress.parse("10.0.1.60"), false);
    vpc.apply(new VpcCommand.AssignAddress(known.id(), IpAddress.parse("10.0.1.61"), false));
    assertThat(ask(new ApiRequest.Write(assign, null, known)))
        .isEqualTo(failed(ApiError.CONDITION_NOT_MET));
    NetworkInterface fresh = vpc.state().interfaces().get(known.id());
    assertThat(ask(new ApiRequest.Write(assign, null, fresh))).isInstanceOf(ApiReply.Started.class);
  }
}
