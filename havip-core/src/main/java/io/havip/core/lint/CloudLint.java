package io.havip.core.lint;

import io.havip.VirtualRouterConfig;
import io.havip.core.keepalived.ReadResult;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Holds configurations against what a cloud does with a HAVIP. */
public final class CloudLint {

  private CloudLint() {}

  /**
   * Looks at the files of one or several members and groups of one VPC.
   *
   * <p>Several files are needed to see a VRID that two groups share. The order of findings is that
   * of the files, and within a file that of its routers; findings that concern a whole file follow.
   *
   * @param files what was read; one without a usable configuration is passed over, since its
   *     diagnostics say more
   * @param cloud what is known of the VPC
   * @return what does not fit, and how long a failover takes
   */
  public static LintReport check(List<ReadResult> files, CloudProfile cloud) {
    Findings findings = new Findings();
    List<FailoverTime> times = new ArrayList<>();
    AddressRules addresses = new AddressRules(cloud.subnets(), findings);
    ElectionRules elections = new ElectionRules(cloud.multicast(), findings);
    VridRule vrids = new VridRule(cloud.multicast(), findings);
    for (ReadResult file : files) {
      if (file.config().isEmpty()) {
        continue;
      }
      Member member = new Member(file.config().get(), file.directives());
      for (VirtualRouterConfig router : member.routers()) {
        if (!cloud.subnets().isEmpty()) {
          addresses.check(member, router);
        }
        elections.check(member, router);
        vrids.add(member, router);
        times.add(FailoverTime.of(router, member.place(router), CheckRules.slowest(router), cloud));
      }
      elections.check(member);
      new AnnouncementRules(findings).check(member);
      new CheckRules(findings).check(member);
    }
    return new LintReport(findings.all(), times, notChecked(cloud));
  }

  private static Set<CloudRule> notChecked(CloudProfile cloud) {
    return cloud.subnets().isEmpty()
        ? EnumSet.of(
            CloudRule.VIP_OUTSIDE_SUBNET, CloudRule.VIP_RESERVED, CloudRule.MEMBER_OUTSIDE_SUBNET)
        : EnumSet.noneOf(CloudRule.class);
  }
}
