package io.havip.examples.spring;

import io.havip.HavipEvent;
import io.havip.HavipEvent.StateChanged;
import io.havip.HavipListener;
import io.havip.RouterState;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Service;

/** The application's part: takes orders only where the address is. */
@Service
class OrderService implements HavipListener {

  private final AtomicBoolean databaseUp = new AtomicBoolean(true);
  private final AtomicBoolean serving = new AtomicBoolean();

  @Override
  public void onEvent(HavipEvent event) {
    if (event instanceof StateChanged change) {
      serving.set(change.to() == RouterState.ACTIVE);
    }
  }

  boolean serving() {
    return serving.get();
  }

  boolean databaseUp() {
    return databaseUp.get();
  }

  void databaseUp(boolean up) {
    databaseUp.set(up);
  }
}
