package io.havip.core.election;

import java.util.Optional;
import java.util.function.Function;

/** What must hold for every router, whatever happens to it. */
enum ElectionLaw {
  /** S9, the adverts. */
  ADVERTS_ONLY_WHEN_ACTIVE(AdvertLaws::onlyWhenActive),
  /** S9, the resignations. */
  RESIGNS_EXACTLY_WHEN_LEAVING(AdvertLaws::resignsExactlyWhenLeaving),
  /** S9, the timers. */
  ONE_TIMER(StateLaws::oneTimer),
  /** S8 for one machine. */
  ADDRESSES_FOLLOW_THE_STATE(StateLaws::addresses),
  /** S10. */
  EVERY_CHANGE_HAS_ITS_CAUSE(StateLaws::causes),
  /** Packets do not silence a holder. */
  ADVERT_CADENCE(AdvertLaws::cadence),
  /** L1, L2, L4, S12 and S14 for one machine. */
  TAKEOVER_AFTER_SILENCE(SilenceLaw::takeover),
  /** Uniqueness after healing, for one machine. */
  THE_WEAKER_YIELDS(AdvertLaws::theWeakerYields),
  /** A late process does not speak before it has listened. */
  LATE_WAKE_STANDS_DOWN(AdvertLaws::lateWakeStandsDown),
  /** What is due is done once. */
  NO_BUSY_LOOP(StateLaws::noBusyLoop),
  /** Same state, same input, same time, same step. */
  DETERMINISTIC(RelationLaws::deterministic),
  /** S17. */
  CLOCK_ORIGIN_MEANS_NOTHING(RelationLaws::shift),
  /** Time scaling. */
  PACE_MEANS_NOTHING(RelationLaws::stretch);

  @SuppressWarnings("ImmutableEnumChecker") // a function without state
  private final Check check;

  ElectionLaw(Check check) {
    this.check = check;
  }

  ElectionLaw(Function<Trace, Optional<String>> check) {
    this.check = (stepper, scenario) -> check.apply(scenario.run(stepper));
  }

  /** What breaks the law, if anything does. */
  Optional<String> broken(Stepper stepper, Scenario scenario) {
    return check.broken(stepper, scenario).map(what -> this + ": " + what);
  }

  @FunctionalInterface
  private interface Check {

    Optional<String> broken(Stepper stepper, Scenario scenario);
  }
}
