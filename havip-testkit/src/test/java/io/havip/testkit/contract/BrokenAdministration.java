package io.havip.testkit.contract;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudAdministration;
import io.havip.spi.cloud.CloudMember;
import io.havip.spi.cloud.CloudResult;
import io.havip.spi.cloud.Move;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Passes everything on. Those that break a rule override one method. */
class BrokenAdministration implements CloudAdministration {

  static final CloudResult<Move> COMPLETE = new CloudResult.Done<>(Move.COMPLETE);

  final CloudAdministration sound;

  BrokenAdministration(CloudAdministration sound) {
    this.sound = sound;
  }

  static CompletableFuture<CloudResult<Move>> complete() {
    return CompletableFuture.completedFuture(COMPLETE);
  }

  @Override
  public CompletableFuture<CloudResult<IpAddress>> allocate(Allocation request, Duration within) {
    return sound.allocate(request, within);
  }

  @Override
  public CompletableFuture<CloudResult<Move>> release(IpAddress address, Duration within) {
    return sound.release(address, within);
  }

  @Override
  public CompletableFuture<CloudResult<Move>> authorise(
      IpAddress address, List<CloudMember> members, Duration within) {
    return sound.authorise(address, members, within);
  }

  @Override
  public CompletableFuture<CloudResult<Move>> revoke(
      IpAddress address, List<CloudMember> members, Duration within) {
    return sound.revoke(address, members, within);
  }

  @Override
  public CompletableFuture<CloudResult<Move>> associatePublicIp(
      IpAddress address, IpAddress publicIp, Duration within) {
    return sound.associatePublicIp(address, publicIp, within);
  }

  @Override
  public CompletableFuture<CloudResult<Move>> disassociatePublicIp(
      IpAddress address, Duration within) {
    return sound.disassociatePublicIp(address, within);
  }
}
