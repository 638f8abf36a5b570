import org.jspecify.annotations.NullMarked;

/**
 * A simulated network and VPC, faults, named properties, a lab of network namespaces, and contract
 * tests for those who write a platform or a cloud binding.
 *
 * <p>JUnit, jqwik and Jackson are needed only by the classes that say so.
 */
@NullMarked
module io.havip.testkit {
  requires transitive io.havip.api;
  requires transitive io.havip.core;
  requires static transitive net.jqwik.api;
  requires static com.fasterxml.jackson.databind;
  requires static transitive org.junit.jupiter.api;

  exports io.havip.testkit.cloud;
  exports io.havip.testkit.contract;
  exports io.havip.testkit.explore;
  exports io.havip.testkit.jqwik;
  exports io.havip.testkit.junit;
  exports io.havip.testkit.lab;
  exports io.havip.testkit.log;
  exports io.havip.testkit.report;
  exports io.havip.testkit.scenario;
  exports io.havip.testkit.sim;
  exports io.havip.testkit.swarm;
  exports io.havip.testkit.vpc;
  exports io.havip.testkit.wsfc;
}
