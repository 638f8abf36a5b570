package io.havip.core.vpc;

import io.havip.vpc.ResourceId;

/** Why a command was refused: one type for each rule. */
public sealed interface VpcRefusal
    permits VpcRefusal.NotFound,
        VpcRefusal.IdInUse,
        NetworkRefusal,
        AddressRefusal,
        InstanceRefusal,
        HavipRefusal,
        AnnouncementRefusal,
        ElasticIpRefusal {

  /**
   * Says what is wrong and what to do.
   *
   * @return one sentence or two for a person
   */
  String explain();

  /**
   * Names the rule, for logs and metrics.
   *
   * @return the name of the type in lower case with hyphens, such as {@code havip-quota-reached}
   */
  default String rule() {
    String name = getClass().getSimpleName();
    StringBuilder id = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (i > 0 && Character.isUpperCase(c)) {
        id.append('-');
      }
      id.append(Character.toLowerCase(c));
    }
    return id.toString();
  }

  /**
   * A command names what does not exist.
   *
   * @param id the name
   */
  record NotFound(ResourceId id) implements VpcRefusal {
    @Override
    public String explain() {
      return "there is no " + id.kind() + " " + id + ": check the id and the region";
    }
  }

  /**
   * A command would create what exists already.
   *
   * @param id the name
   */
  record IdInUse(ResourceId id) implements VpcRefusal {
    @Override
    public String explain() {
      return "there is a " + id.kind() + " " + id + " already: choose another id";
    }
  }
}
