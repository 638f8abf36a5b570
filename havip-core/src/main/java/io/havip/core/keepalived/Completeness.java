package io.havip.core.keepalived;

import org.jspecify.annotations.Nullable;

/** Looks for what Keepalived does not start without, and what this library does not. */
final class Completeness {

  private static final String DEAF_PEERS =
      ". An advert with an address count of 0 is refused by every member that hears it (RFC 9568"
          + " section 7.1), so each of them would be master; give all of them the same"
          + " virtual_ipaddress";

  private final Report report;
  private final Globals globals;

  Completeness(Report report, Globals globals) {
    this.report = report;
    this.globals = globals;
  }

  /** Whether nothing is missing; what is was reported. */
  boolean complete(InstanceDraft draft) {
    String name = "the instance " + draft.name.shown();
    boolean complete = hasInterface(draft, name);
    if (draft.vrid == null) {
      report.fatal(draft.at, "virtual_router_id", name + " has no virtual_router_id");
      complete = false;
    }
    if (draft.addresses.isEmpty()) {
      String what = name + " has no virtual address; it is not used";
      @Nullable Position meantAt = draft.noAddressesAt;
      if (meantAt == null) {
        report.error(draft.at, "virtual_ipaddress", what);
      } else {
        report.error(meantAt, "no_virtual_ipaddress", what + DEAF_PEERS);
      }
      complete = false;
    }
    if (draft.refusedAt != null) {
      report.error(draft.refusedAt, "auth_hmac", draft.refusedWhy + "; " + name + " is not used");
      complete = false;
    }
    return complete;
  }

  private boolean hasInterface(InstanceDraft draft, String name) {
    if (draft.interfaceName.isPresent()) {
      return true;
    }
    draft.interfaceName = globals.defaultInterface();
    if (draft.interfaceName.isEmpty()) {
      report.fatal(draft.at, "interface", name + " has no interface");
      return false;
    }
    report.note(
        draft.at,
        "interface",
        "%s has no interface; default_interface %s is used"
            .formatted(name, draft.interfaceName.get().shown()));
    return true;
  }
}
