package io.havip.core.vpc;

import static io.havip.core.vpc.VpcRules.accept;
import static io.havip.core.vpc.VpcRules.notFound;
import static io.havip.core.vpc.VpcRules.refuse;

import io.havip.vpc.ElasticIp;
import java.util.Optional;

/** Elastic IPs. */
final class ElasticIpRules {

  private ElasticIpRules() {}

  static VpcResult allocate(VpcState state, VpcCommand.AllocateElasticIp command) {
    if (state.elasticIps().containsKey(command.elasticIp())) {
      return refuse(new VpcRefusal.IdInUse(command.elasticIp()));
    }
    for (ElasticIp each : state.elasticIps().values()) {
      if (each.publicAddress().equals(command.publicAddress())) {
        return refuse(new ElasticIpRefusal.PublicAddressInUse(command.publicAddress(), each.id()));
      }
    }
    return accept(state.with(new ElasticIp(command.elasticIp(), command.publicAddress(), null)));
  }

  static VpcResult release(VpcState state, VpcCommand.ReleaseElasticIp command) {
    ElasticIp found = state.elasticIps().get(command.elasticIp());
    if (found == null) {
      return notFound(command.elasticIp());
    }
    return found.havip() == null
        ? accept(state.without(found.id()))
        : refuse(new ElasticIpRefusal.ElasticIpBound(found.id(), found.havip()));
  }

  static VpcResult bind(VpcState state, VpcCommand.BindElasticIp command) {
    ElasticIp found = state.elasticIps().get(command.elasticIp());
    if (found == null) {
      return notFound(command.elasticIp());
    }
    if (!state.havips().containsKey(command.havip())) {
      return notFound(command.havip());
    }
    if (found.havip() != null) {
      return refuse(new ElasticIpRefusal.ElasticIpBound(found.id(), found.havip()));
    }
    Optional<ElasticIp> other = VpcQueries.elasticIpOf(state, command.havip());
    return other.isPresent()
        ? refuse(new HavipRefusal.HavipHasElasticIp(command.havip(), other.get().id()))
        : accept(state.with(found.withHavip(command.havip())));
  }

  static VpcResult unbind(VpcState state, VpcCommand.UnbindElasticIp command) {
    ElasticIp found = state.elasticIps().get(command.elasticIp());
    if (found == null) {
      return notFound(command.elasticIp());
    }
    return found.havip() == null
        ? refuse(new ElasticIpRefusal.ElasticIpNotBound(found.id()))
        : accept(state.with(found.withHavip(null)));
  }
}
