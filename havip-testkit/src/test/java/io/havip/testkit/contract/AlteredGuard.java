package io.havip.testkit.contract;

import io.havip.spi.Fence;
import io.havip.spi.Guard;
import io.havip.spi.GuardedRouter;

/** A guard whose calls mutants override. */
class AlteredGuard implements Guard {

  private final Guard sound;

  AlteredGuard(Guard sound) {
    this.sound = sound;
  }

  @Override
  public void renew() {
    sound.renew();
  }

  @Override
  public void shut() {
    sound.shut();
  }

  @Override
  public void update(GuardedRouter router) {
    sound.update(router);
  }

  @Override
  public Fence fence() {
    return sound.fence();
  }

  @Override
  public void close() {
    sound.close();
  }
}
