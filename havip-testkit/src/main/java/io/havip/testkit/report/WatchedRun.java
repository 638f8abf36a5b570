package io.havip.testkit.report;

import io.havip.core.check.Catalogue;
import io.havip.core.check.Scene;
import io.havip.core.check.Sighting;
import io.havip.core.check.Trial;
import io.havip.testkit.sim.SimClient;
import io.havip.testkit.sim.Simulation;
import io.havip.testkit.sim.Watch;
import java.util.ArrayList;
import java.util.List;

/**
 * A simulation that is driven by hand, judged by every check after every event, and recorded for
 * its report. Belongs to the simulation's thread.
 */
public final class WatchedRun {

  private final Simulation simulation;
  private final Scene scene;
  private final Trial trial;
  private final List<Sighting> sightings = new ArrayList<>();

  private WatchedRun(Simulation simulation, Scene scene) {
    this.simulation = simulation;
    this.scene = scene;
    trial = new Trial(scene, Catalogue.all());
  }

  /**
   * Begins to watch.
   *
   * @param simulation a simulation that has not run yet; its trace must keep its records, if the
   *     report is to have causes
   * @param scene the members, by the names of their hosts
   * @param clients who shall ask for the addresses
   * @return the run
   */
  public static WatchedRun begin(Simulation simulation, Scene scene, SimClient... clients) {
    WatchedRun run = new WatchedRun(simulation, scene);
    Watch.begin(simulation, scene, run::see, clients);
    simulation.afterEachEvent(() -> run.trial.advance(simulation.nanos()));
    return run;
  }

  private void see(Sighting sighting) {
    trial.see(sighting);
    // To a judge a process that has not started is as good as dead; to a reader it is no trouble.
    boolean unborn = sighting.at() == 0 && sighting instanceof Sighting.Trouble;
    if (!unborn && scene.senses().contains(sighting.sense())) {
      sightings.add(sighting);
    }
  }

  /**
   * {@return the run so far, judged up to now}
   *
   * @param title what the run is about, in a few words
   * @param reproduce one line to paste into a shell that does it again; empty if there is none
   */
  public FailoverRun soFar(String title, String reproduce) {
    trial.advance(simulation.nanos());
    return new FailoverRun(
        title,
        Long.toString(simulation.seed()),
        reproduce,
        "",
        simulation.nanos(),
        scene,
        sightings,
        trial.findings(),
        trial.verdicts(),
        simulation.trace().records());
  }
}
